package dev.afterbay.local.cli;

import dev.afterbay.local.aws.LocalAwsException;
import dev.afterbay.local.demo.Screen;
import dev.afterbay.local.process.ServiceJvm;
import dev.afterbay.local.torture.ActKind;
import dev.afterbay.local.torture.Decoding;
import dev.afterbay.local.torture.Torture;
import dev.afterbay.local.torture.TortureException;
import dev.afterbay.local.torture.TortureReport;
import dev.afterbay.local.torture.TortureResult;
import dev.afterbay.local.torture.TortureSettings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code afterbay torture}: the whole system under deliberate violence, and then the count. */
@Command(
    name = "torture",
    description = {
      "Kills, pauses and robs workers on this machine, on a stream and a store that fail, and then",
      "counts: nothing may be lost, doubled or damaged. Exit code 3 if something is."
    })
public final class TortureCommand implements Callable<Integer> {
  private static final int NEGATIVE_VERDICT = 3;
  private static final double SECONDS_A_MINUTE = 60;
  private static final double MOST_MINUTES = 24 * 60;

  @Option(
      names = "--minutes",
      paramLabel = "M",
      defaultValue = "5",
      description = "How long the violence lasts. Default: ${DEFAULT-VALUE}.")
  private double minutes;

  @Option(
      names = "--seed",
      paramLabel = "S",
      description = "Decides what is done, and when. Default: another one each time.")
  private @Nullable Long seed;

  @Option(
      names = "--workers",
      paramLabel = "N",
      defaultValue = "3",
      description = "How many worker processes. Default: ${DEFAULT-VALUE}.")
  private int workers;

  @Option(
      names = "--shards",
      paramLabel = "N",
      defaultValue = "4",
      description = "How many shards the stream has at first. Default: ${DEFAULT-VALUE}.")
  private int shards;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "100",
      description = "Changes a second, between the bursts. Default: ${DEFAULT-VALUE}.")
  private int rate;

  @Option(
      names = "--decode",
      paramLabel = "WAY",
      defaultValue = "lean",
      description =
          "How the workers decode records: lean, reference, or mixed, that is, in turns. Default:"
              + " ${DEFAULT-VALUE}.")
  private String decode = "";

  @Option(
      names = "--without",
      paramLabel = "ACT",
      split = ",",
      description = "Kinds of acts that are left out, such as trim.")
  private List<String> without = List.of();

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = {
        "Receives the lake, the workers' logs and a journal of the acts, and keeps them.",
        "Default: a temporary directory, kept if something is wrong."
      })
  private @Nullable Path dir;

  @Option(names = "--json", description = "Print only one JSON object on standard output.")
  private boolean json;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    TortureSettings settings = settings();
    Screen screen = System.console() == null ? Screen.lines(System.err) : Screen.bars(System.err);
    try {
      ServiceJvm service =
          ServiceJvm.launched()
              .orElseThrow(
                  () ->
                      new TortureException(
                          "The class path of the service is unknown; start with ./afterbay"
                              + " torture."));
      Path place = dir == null ? Files.createTempDirectory("afterbay-torture-") : dir;
      TortureResult result =
          new Torture(service, settings, screen, InstantSource.system()).run(place);
      print(result);
      if (result.holds() && dir == null) {
        delete(place);
      }
      return result.holds() ? 0 : NEGATIVE_VERDICT;
    } catch (LocalAwsException | TortureException e) {
      PrintWriter err = spec.commandLine().getErr();
      err.println(e.getMessage());
      err.flush();
      return 1;
    }
  }

  private TortureSettings settings() {
    refuse(!(minutes > 0 && minutes <= MOST_MINUTES), "--minutes must be above 0, up to a day");
    refuse(workers < 1 || workers > 20, "--workers must be 1 to 20, not " + workers);
    refuse(shards < 1 || shards > 50, "--shards must be 1 to 50, not " + shards);
    refuse(rate < 10 || rate > 2_000, "--rate must be 10 to 2000, not " + rate);
    Set<ActKind> left = EnumSet.noneOf(ActKind.class);
    for (String title : without) {
      left.add(ActKind.titled(title).orElseThrow(() -> unknown(title)));
    }
    return new TortureSettings(
        Duration.ofMillis((long) (minutes * SECONDS_A_MINUTE * 1_000)),
        seed == null ? InstantSource.system().millis() % 1_000_000 : seed,
        workers,
        shards,
        rate,
        Decoding.titled(decode).orElseThrow(this::undecodable),
        left);
  }

  private ParameterException unknown(String title) {
    String kinds =
        Arrays.stream(ActKind.values()).map(ActKind::title).collect(Collectors.joining(", "));
    return new ParameterException(
        spec.commandLine(), "--without knows no '" + title + "'; there are " + kinds);
  }

  private ParameterException undecodable() {
    return new ParameterException(
        spec.commandLine(), "--decode must be lean, reference or mixed, not " + decode);
  }

  private void refuse(boolean wrong, String message) {
    if (wrong) {
      throw new ParameterException(spec.commandLine(), message);
    }
  }

  private void print(TortureResult result) {
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(TortureReport.json(result));
      out.flush();
    } else {
      TortureReport.print(result, out);
    }
  }

  private static void delete(Path place) throws IOException {
    try (Stream<Path> files = Files.walk(place)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    } catch (UncheckedIOException e) {
      throw e.getCause();
    }
  }
}
