package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.aws.Sentences;
import dev.afterbay.consumer.config.ConfigurationException;
import java.io.PrintWriter;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** Turns what goes wrong in any subcommand into sentences on stderr and an exit code. */
final class Answers {
  private static final Logger LOG = LoggerFactory.getLogger(Answers.class);

  private final BooleanSupplier verbose;

  private Answers(BooleanSupplier verbose) {
    this.verbose = verbose;
  }

  /** Makes a command line, its later subcommands too, answer this way. */
  static CommandLine on(CommandLine line, BooleanSupplier verbose) {
    Answers answers = new Answers(verbose);
    return line.setExecutionExceptionHandler(answers::failed)
        .setParameterExceptionHandler(answers::misused);
  }

  private int failed(Exception thrown, CommandLine line, ParseResult parsed) {
    PrintWriter err = line.getErr();
    if (verbose.getAsBoolean()) {
      LOG.error("{} failed", line.getCommandName(), thrown);
    }
    if (thrown instanceof ConfigurationException refused) {
      refused.problems().forEach(err::println);
      int count = refused.problems().size();
      err.println(
          "afterbay: "
              + count
              + (count == 1 ? " mistake" : " mistakes")
              + " in the"
              + " configuration");
      return ExitCode.USAGE;
    }
    Sentences.of(thrown).lines().forEach(sentence -> err.println("afterbay: " + sentence));
    return ExitCode.FAILED;
  }

  private int misused(ParameterException thrown, String[] arguments) {
    CommandLine line = thrown.getCommandLine();
    PrintWriter err = line.getErr();
    err.println("afterbay: " + thrown.getMessage());
    UnmatchedArgumentException.printSuggestions(thrown, err);
    err.println("Try '" + line.getCommandSpec().qualifiedName() + " --help'.");
    return ExitCode.USAGE;
  }
}
