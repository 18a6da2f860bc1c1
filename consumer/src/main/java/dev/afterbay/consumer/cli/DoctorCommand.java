package dev.afterbay.consumer.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.doctor.Doctor;
import dev.afterbay.consumer.doctor.Finding;
import dev.afterbay.consumer.doctor.Surroundings;
import dev.afterbay.consumer.doctor.Verdict;
import dev.afterbay.transforms.change.TableName;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code afterbay doctor}: what is wrong before a worker runs into it. */
@Command(
    name = "doctor",
    description = {
      "Look at everything that a worker needs: permissions, streams, bucket, leases, catalog, memory.",
      "Says for each whether it is ok, and if not, how to put it right; exit code 3 if any failed.",
      "Changes nothing but one probe object in each place that it removes again."
    })
final class DoctorCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(names = "--json", description = "Print one JSON array.")
  private boolean json;

  @Override
  public Integer call() {
    AfterbayConfig read = config.read();
    List<Finding> findings =
        Doctor.examine(read, InstantSource.system(), Surroundings.ofThisProcess());
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(findings).toPrettyString());
    } else {
      print(findings, out);
    }
    return count(findings, Verdict.FAILED) == 0 ? ExitCode.OK : ExitCode.VERDICT;
  }

  private static void print(List<Finding> findings, PrintWriter out) {
    int width = findings.stream().mapToInt(finding -> name(finding).length()).max().orElse(1);
    for (Finding finding : findings) {
      out.printf(
          Locale.ROOT,
          "%-7s  %-" + width + "s  %s%n",
          finding.verdict().word(),
          name(finding),
          finding.found());
      finding.fix().ifPresent(fix -> out.println("         -> " + fix));
    }
    out.printf(
        Locale.ROOT,
        "%d checks: %d ok, %d warn, %d failed, %d skipped%n",
        findings.size(),
        count(findings, Verdict.OK),
        count(findings, Verdict.WARN),
        count(findings, Verdict.FAILED),
        count(findings, Verdict.SKIPPED));
  }

  private static String name(Finding finding) {
    return finding.table().map(table -> table + ": ").orElse("") + finding.check();
  }

  private static ArrayNode json(List<Finding> findings) {
    ArrayNode array = JsonNodeFactory.instance.arrayNode();
    for (Finding finding : findings) {
      ObjectNode one = array.addObject();
      one.put("check", finding.check());
      one.put("table", finding.table().map(TableName::value).orElse(null));
      one.put("verdict", finding.verdict().word());
      one.put("found", finding.found());
      one.put("fix", finding.fix().orElse(null));
    }
    return array;
  }

  private static long count(List<Finding> findings, Verdict verdict) {
    return findings.stream().filter(finding -> finding.verdict() == verdict).count();
  }
}
