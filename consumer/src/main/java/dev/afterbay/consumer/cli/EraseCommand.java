package dev.afterbay.consumer.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.ExportAccess;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.erasing.TableErasure;
import dev.afterbay.consumer.erasing.TableErasure.Outcome;
import dev.afterbay.consumer.preflight.Preflight;
import dev.afterbay.reconciliation.erase.Erased;
import dev.afterbay.reconciliation.erase.ErasureProgress;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code afterbay erase}: every version of some items out of the lake. */
@Command(
    name = "erase",
    description = {
      "Erase every version of some items from the lake: raw and typed changes, snapshots, records in",
      "quarantine, what audits found, what replay set aside, and the versions that the bucket keeps",
      "of these files. Exports of the table are deleted whole. Exit code 3 if anything is left."
    },
    footer = {
      "",
      "Examples:",
      "  afterbay erase --config afterbay.yaml --keys-file keys.jsonl --dry-run",
      "  afterbay erase --config afterbay.yaml --key '{\"PK\":{\"S\":\"USER#1\"},\"SK\":{\"S\":\"A\"}}'",
      "",
      "Delete the items in the table first, and let the lake come past that. May run beside workers,",
      "and be repeated; not beside snapshot, audit, heal, rederive and replay. It cannot be undone."
    })
final class EraseCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private TableOption tables;

  @Option(
      names = "--key",
      paramLabel = "JSON",
      description = "The key of an item as DynamoDB JSON; may be repeated.")
  private List<String> keys = new ArrayList<>();

  @Option(
      names = "--keys-file",
      paramLabel = "FILE",
      description = "A file with such a key on each line, which no list of processes shows.")
  private @Nullable Path file;

  @Option(names = "--dry-run", description = "Only tell what would be erased.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException {
    AfterbayConfig read = config.read();
    TableName table = tables.one(read);
    List<String> texts = texts();
    Preflight.checkBucket(read);
    try (AwsClients aws = AwsClients.open(read, Patience.WORK);
        Scratch scratch = Scratch.create()) {
      TableErasure erasure =
          new TableErasure(
              read, table, aws, scratch.folder(), InstantSource.system(), ExportAccess.SLEEP);
      ErasureProgress progress = new Lines(spec.commandLine().getErr());
      Outcome outcome = dryRun ? erasure.plan(texts, progress) : erasure.run(texts, progress);
      PrintWriter out = spec.commandLine().getOut();
      if (json) {
        out.println(json(outcome).toPrettyString());
      } else {
        print(outcome, out);
      }
      return outcome.sound() && outcome.erased().left() == 0 ? ExitCode.OK : ExitCode.VERDICT;
    }
  }

  private List<String> texts() throws IOException {
    List<String> texts = new ArrayList<>(keys);
    if (file != null) {
      try {
        Files.readAllLines(file).stream().filter(line -> !line.isBlank()).forEach(texts::add);
      } catch (NoSuchFileException e) {
        throw misused("'--keys-file': there is no file " + file);
      }
    }
    if (texts.isEmpty()) {
      throw misused("Name the items with --key or --keys-file");
    }
    return texts;
  }

  private void print(Outcome outcome, PrintWriter out) {
    Erased erased = outcome.erased();
    out.printf(
        Locale.ROOT,
        "%s: %s %d rows of %d keys in %d files; %s %d other objects and %d kept versions%n",
        erased.table(),
        dryRun ? "would erase" : "erased",
        erased.allRows(),
        erased.keys(),
        erased.files(),
        dryRun ? "would delete" : "deleted",
        erased.deleted(),
        erased.versions());
    new TreeMap<>(erased.rows()).forEach((folder, rows) -> out.println("  " + folder + " " + rows));
    if (!dryRun) {
      out.println("  recorded as " + erased.erasure());
    }
    if (erased.left() > 0) {
      out.println("  " + erased.left() + " rows came meanwhile; repeat the command");
    }
    if (!outcome.sound()) {
      out.println("  the lake is damaged; run fsck");
    }
    if (outcome.stillThere() > 0) {
      out.println(
          "  the table still has "
              + outcome.stillThere()
              + " of the items, and what becomes of them comes into the lake; delete them, then"
              + " repeat the command");
    }
    outcome
        .completeAt()
        .ifPresent(
            at -> out.println("  versions written after " + at + " may still come; repeat then"));
  }

  private ObjectNode json(Outcome outcome) {
    Erased erased = outcome.erased();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("table", erased.table().value());
    json.put("erasure", erased.erasure());
    json.put("dryRun", dryRun);
    json.put("keys", erased.keys());
    json.put("files", erased.files());
    json.put("rows", erased.allRows());
    ObjectNode folders = json.putObject("folders");
    new TreeMap<>(erased.rows()).forEach(folders::put);
    json.put("deleted", erased.deleted());
    json.put("versions", erased.versions());
    json.put("left", erased.left());
    json.put("sound", outcome.sound());
    json.put("stillThere", outcome.stillThere());
    json.put("completeAt", outcome.completeAt().map(Object::toString).orElse(null));
    return json;
  }

  private ParameterException misused(String sentence) {
    return new ParameterException(spec.commandLine(), sentence);
  }

  /** Tells in lines. */
  private record Lines(PrintWriter err) implements ErasureProgress {
    @Override
    public void searching(long files) {
      tell("Searching " + files + " files");
    }

    @Override
    public void searched(long files) {
      tell("  searched " + files);
    }

    @Override
    public void rewrote(String path, long rows) {
      tell("  rewrote " + path + " without " + rows + " rows");
    }

    private void tell(String line) {
      err.println(line);
      err.flush();
    }
  }
}
