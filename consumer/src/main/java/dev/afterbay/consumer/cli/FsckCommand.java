package dev.afterbay.consumer.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.LakeLocation;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.consumer.mending.Mended;
import dev.afterbay.consumer.mending.TableMending;
import dev.afterbay.consumer.preflight.Preflight;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.consumer.query.DuckRows;
import dev.afterbay.sinks.check.Finding;
import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.check.LakeCleaning;
import dev.afterbay.sinks.check.LakeCleaning.Cleaned;
import dev.afterbay.sinks.check.LakeReport;
import dev.afterbay.sinks.check.RowReader;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3ObjectRemover;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.sinks.tostorage.S3OpenUploads;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
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
      "chains are whole; with --deep also every row. May run beside workers. Reads only, unless",
      "--restore is to bring missing and damaged files back: from the stream, if it still has",
      "their records, else typed tables from the raw changes; or --clean is to remove what belongs",
      "to no commit. Then the lake is checked again."
    })
final class FsckCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(
      names = "--deep",
      description = {
        "Read every row too: their number and order, each image's digest,",
        "and the digest that runs through each shard's log."
      })
  private boolean deep;

  @Option(names = "--restore", description = "Bring back what is missing or damaged.")
  private boolean restore;

  @Option(
      names = "--clean",
      description = {
        "Remove files that no commit names, and uploads that no commit names",
        "and nobody has completed for a week. A damaged log is refused."
      })
  private boolean clean;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    AfterbayConfig read = config.read();
    List<TableFacts> facts = restore ? Preflight.check(read) : List.of();
    Preflight.checkBucket(read);
    Map<TableName, LakeReport> reports = new LinkedHashMap<>();
    Map<TableName, List<Mended>> mended = new LinkedHashMap<>();
    Map<TableName, Cleaned> cleaned = new LinkedHashMap<>();
    try (Scratch scratch = Scratch.create();
        DuckRows rows = DuckRows.open(scratch.folder());
        AwsClients aws = AwsClients.open(read, Patience.WORK)) {
      ObjectStore store = new S3ObjectStore(aws.s3(), read.lake().bucket());
      Lake lake = new Lake(read.lake().prefix());
      for (TableConfig table : read.tables()) {
        LakeReport report = check(store, lake, table.name(), rows);
        for (TableFacts fit : facts) {
          if (fit.table().equals(table.name()) && !report.sound()) {
            mended.put(
                table.name(),
                new TableMending(read, fit, aws, rows, scratch.folder(), InstantSource.system())
                    .mend(report.findings()));
            report = check(store, lake, table.name(), rows);
          }
        }
        if (clean) {
          cleaned.put(table.name(), clean(read, aws, store, lake, table.name(), report.findings()));
          report = check(store, lake, table.name(), rows);
        }
        reports.put(table.name(), report);
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      ObjectNode answer = json(read.lake(), reports);
      if (restore) {
        add(mended, answer);
      }
      if (clean) {
        addRemoved(cleaned.values(), answer);
      }
      out.println(answer.toPrettyString());
    } else {
      mended.forEach((table, files) -> files.forEach(file -> out.println("  " + told(file))));
      cleaned.values().forEach(removed -> print(removed, out));
      reports.forEach((table, report) -> print(table, report, out));
      out.println(sound(reports) ? "The lake is sound." : "The lake is damaged.");
    }
    return sound(reports) ? ExitCode.OK : ExitCode.VERDICT;
  }

  private LakeReport check(ObjectStore store, Lake lake, TableName table, RowReader rows) {
    LakeCheck check = new LakeCheck(store, lake);
    return deep ? check.checkDeeply(table, rows) : check.check(table);
  }

  private static Cleaned clean(
      AfterbayConfig read,
      AwsClients aws,
      ObjectStore store,
      Lake lake,
      TableName table,
      List<Finding> found) {
    String bucket = read.lake().bucket();
    return new LakeCleaning(
            store,
            lake,
            new S3OpenUploads(aws.s3(), bucket),
            new S3ObjectRemover(aws.s3(), bucket),
            InstantSource.system())
        .clean(table, found);
  }

  private static void print(Cleaned removed, PrintWriter out) {
    removed.files().forEach(key -> out.println("  removed: " + key));
    removed
        .uploads()
        .forEach(
            upload ->
                out.println("  dropped the upload of " + upload.begun() + ": " + upload.key()));
    if (removed.young() > 0) {
      out.printf(
          Locale.ROOT,
          "  %d uploads are left that no commit names: a worker may be about to commit them%n",
          removed.young());
    }
  }

  private static void addRemoved(Collection<Cleaned> cleaned, ObjectNode answer) {
    ArrayNode files = answer.putArray("removed");
    ArrayNode uploads = answer.putArray("droppedUploads");
    for (Cleaned removed : cleaned) {
      removed.files().forEach(key -> files.add(key.value()));
      removed
          .uploads()
          .forEach(
              upload ->
                  uploads
                      .addObject()
                      .put("key", upload.key().value())
                      .put("begun", upload.begun().toString()));
    }
    answer.put("uploadsLeft", cleaned.stream().mapToLong(Cleaned::young).sum());
  }

  private static String told(Mended file) {
    return file instanceof Mended.Restored restored
        ? "restored from the "
            + (restored.from() == Mended.Source.STREAM ? "stream" : "raw changes")
            + ": "
            + restored.key()
        : "not restored: " + file.key() + ": " + ((Mended.Lost) file).why();
  }

  private static void add(Map<TableName, List<Mended>> mended, ObjectNode answer) {
    ArrayNode restored = answer.putArray("restored");
    ArrayNode lost = answer.putArray("notRestored");
    for (List<Mended> files : mended.values()) {
      for (Mended file : files) {
        if (file instanceof Mended.Restored back) {
          restored
              .addObject()
              .put("key", back.key().value())
              .put("from", back.from().name().toLowerCase(Locale.ROOT));
        } else if (file instanceof Mended.Lost gone) {
          lost.addObject().put("key", gone.key().value()).put("why", gone.why());
        }
      }
    }
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
          table.put("rowsRead", report.rows());
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
