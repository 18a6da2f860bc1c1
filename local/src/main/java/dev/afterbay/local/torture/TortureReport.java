package dev.afterbay.local.torture;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.local.torture.verdict.Verdict;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** What a torture prints at its end. */
public final class TortureReport {
  private TortureReport() {}

  /** The one object of {@code --json}. */
  public static String json(TortureResult result) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("holds", result.holds());
    json.put("seed", result.settings().seed());
    json.put("seconds", result.settings().length().toSeconds());
    json.put("workers", result.settings().workers());
    json.put("decode", result.settings().decoding().title());
    ObjectNode acts = json.putObject("acts");
    result.acts().forEach((kind, times) -> acts.put(kind.title(), times));
    put(json.putObject("storeFaults"), result.storeFaults());
    put(json.putObject("streamFaults"), result.streamFaults());
    TortureResult.Workers workers = result.workers();
    json.put("kills", workers.kills());
    json.put("pauses", workers.pauses());
    json.put("workersStarted", workers.started());
    json.put("stoppedThemselves", workers.stoppedItself());
    json.put("stoppedBadly", workers.stoppedBadly());
    json.put("tooSlowToStop", workers.tooSlowToStop());
    ArrayNode reasons = json.putArray("reasons");
    result
        .reasons()
        .forEach((reason, times) -> reasons.addObject().put("times", times).put("reason", reason));
    Verdict verdict = result.verdict();
    json.put("records", verdict.written());
    json.put("rows", verdict.rows());
    json.put("lost", verdict.lost());
    json.put("doubled", verdict.doubled());
    json.put("strange", verdict.strange());
    json.put("damaged", verdict.damaged());
    json.put("outOfOrder", verdict.outOfOrder());
    json.put("untyped", verdict.untyped());
    json.put("missingInGaps", verdict.missing());
    json.put("gaps", verdict.gaps());
    json.put("trims", verdict.trims());
    json.put("wrongGaps", verdict.wrongGaps());
    json.put("settled", result.settled());
    json.put("commits", result.fsck().commits());
    json.put("fsckSound", result.fsck().sound());
    json.put("fsckFindings", result.fsck().findings());
    ArrayNode examples = json.putArray("examples");
    verdict.examples().forEach(examples::add);
    json.put("dir", result.dir().toString());
    return json.toString();
  }

  private static void put(ObjectNode node, Map<String, Long> counts) {
    counts.forEach(node::put);
  }

  /** The same for a person. */
  public static void print(TortureResult result, PrintWriter out) {
    Map<String, Long> acts = new LinkedHashMap<>();
    result.acts().forEach((kind, times) -> acts.put(kind.title(), times));
    section(out, "Acts", acts);
    section(out, "Faults of the store", result.storeFaults());
    section(out, "Faults of the stream", result.streamFaults());
    TortureResult.Workers workers = result.workers();
    Map<String, Long> processes = new LinkedHashMap<>();
    processes.put("started", workers.started());
    processes.put("killed", workers.kills());
    processes.put("paused", workers.pauses());
    processes.put("stopped themselves", workers.stoppedItself());
    processes.put("stopped badly after SIGTERM", workers.stoppedBadly());
    processes.put("too slow to stop, killed", workers.tooSlowToStop());
    section(out, "Workers", processes);
    result.reasons().forEach((reason, times) -> out.printf("    %dx %s%n", times, reason));
    Verdict verdict = result.verdict();
    Map<String, Long> lake = new LinkedHashMap<>();
    lake.put("records written", verdict.written());
    lake.put("rows in the lake", verdict.rows());
    lake.put("commits", result.fsck().commits());
    lake.put("lost", verdict.lost());
    lake.put("doubled", verdict.doubled());
    lake.put("strange", verdict.strange());
    lake.put("damaged", verdict.damaged());
    lake.put("out of order", verdict.outOfOrder());
    lake.put("not in both tables", verdict.untyped());
    lake.put("missing in gaps", verdict.missing());
    lake.put("gaps recorded", verdict.gaps());
    lake.put("trims injected", verdict.trims());
    lake.put("wrong gaps", verdict.wrongGaps());
    lake.put("fsck findings", result.fsck().findings());
    section(out, "The lake", lake);
    verdict.examples().forEach(example -> out.println("    " + example));
    if (!result.settled()) {
      out.println("    it did not settle in time");
    }
    out.println();
    out.println(
        result.holds()
            ? "Nothing was lost, doubled or damaged; fsck finds the lake sound. Seed "
                + result.settings().seed()
                + "."
            : "The lake is NOT what was written. Seed "
                + result.settings().seed()
                + "; everything is kept in "
                + result.dir()
                + ".");
    out.flush();
  }

  private static void section(PrintWriter out, String title, Map<String, Long> counts) {
    out.println(title);
    int width = counts.keySet().stream().mapToInt(String::length).max().orElse(0);
    counts.forEach(
        (name, count) -> out.printf(Locale.ROOT, "  %-" + (width + 2) + "s%,9d%n", name, count));
  }
}
