package dev.afterbay.consumer.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.LakeLocation;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.consumer.preflight.Preflight;
import dev.afterbay.sinks.check.Finding;
import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.check.LakeReport;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.TableName;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code afterbay fsck}: the lake against its commit log. */
@Command(
    name = "fsck",
    description = {
      "Check the lake against its commit log; exit code 3 on damage.",
      "Every committed file is there with its size and row count, no other file is, and the logs'",
      "chains are whole. Reads only, and may run beside workers."
    })
final class FsckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() {
    AfterbayConfig read = config.read();
    Preflight.checkBucket(read);
    Map<TableName, LakeReport> reports = new LinkedHashMap<>();
    try (AwsClients aws = AwsClients.open(read, Patience.WORK)) {
      ObjectStore store = new S3ObjectStore(aws.s3(), read.lake().bucket());
      Lake lake = new Lake(read.lake().prefix());
      for (TableConfig table : read.tables()) {
        reports.put(table.name(), new LakeCheck(store, lake).check(table.name()));
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println(json(read.lake(), reports).toPrettyString());
    } else {
      reports.forEach((table, report) -> print(table, report, out));
      out.println(sound(reports) ? "The lake is sound." : "The lake is damaged.");
    }
    return sound(reports) ? ExitCode.OK : ExitCode.VERDICT;
  }

  private static boolean sound(Map<TableName, LakeReport> reports) {
    return reports.values().stream().allMatch(LakeReport::sound);
  }

  static void print(TableName table, LakeReport report, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%s: records %d, files %d, commits %d, shards %d; findings %d%n",
        table,
        report.records(),
        report.files(),
        report.entries(),
        report.shards(),
        report.findings().size());
    report.pending().forEach(key -> out.println("  pending (a worker will publish it): " + key));
    for (Finding finding : report.findings()) {
      out.println("  " + kebab(finding) + ": " + finding.key() + ": " + finding.detail());
    }
  }

  static ObjectNode json(LakeLocation lake, Map<TableName, LakeReport> reports) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("lake", lake.toString());
    json.put("sound", sound(reports));
    ArrayNode tables = json.putArray("tables");
    reports.forEach(
        (name, report) -> {
          ObjectNode table = tables.addObject();
          table.put("table", name.value());
          table.put("shards", report.shards());
          table.put("commits", report.entries());
          table.put("files", report.files());
          table.put("records", report.records());
          ArrayNode pending = table.putArray("pending");
          report.pending().forEach(key -> pending.add(key.value()));
          ArrayNode findings = table.putArray("findings");
          for (Finding finding : report.findings()) {
            findings
                .addObject()
                .put("damage", kebab(finding))
                .put("key", finding.key().value())
                .put("detail", finding.detail());
          }
        });
    return json;
  }

  private static String kebab(Finding finding) {
    return finding.damage().name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
