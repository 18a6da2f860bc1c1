package dev.afterbay.consumer.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.reconciliation.snapshot.Slice;
import dev.afterbay.sinks.derive.OldGenerations.Dropped;
import dev.afterbay.sinks.derive.Rederivation;
import dev.afterbay.sinks.derive.Rederivation.Standing;
import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.transforms.change.StreamShard;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What {@code rederive} has to say in the end.
 *
 * @param generation that was built or looked at
 * @param result of it
 * @param slice that this task had
 * @param others the slices in which something is missing
 * @param dropped what became of old generations, if they were to be dropped
 */
record RederiveAnswer(
    Generation generation,
    Rederivation.Result result,
    Slice slice,
    Set<Integer> others,
    Optional<Dropped> dropped) {
  RederiveAnswer {
    others = Set.copyOf(others);
  }

  /** The numbers of the slices that logs are in. */
  static Set<Integer> slicesOf(List<StreamShard> logs, Shares shares) {
    Set<Integer> slices = new TreeSet<>();
    logs.forEach(log -> slices.add(shares.sliceOf(log)));
    return slices;
  }

  String text() {
    String what =
        String.format(
            Locale.ROOT,
            "%s: generation %d of '%s': %,d raw rows looked at in this run; ",
            generation.table(),
            generation.number(),
            generation.entity(),
            result.rows());
    return what + standing() + dropped.map(RederiveAnswer::text).orElse("");
  }

  private String standing() {
    return switch (result.standing()) {
      case SWITCHED -> "it is complete, and the one that is asked from now on" + late();
      case CURRENT -> "it is the one that is asked" + (isComplete() ? ", and complete" : late());
      case BUILDING ->
          "to be run yet, each with --slice: "
              + String.join(
                  ", ",
                  new TreeSet<>(others).stream().map(number -> number + "/" + slice.of()).toList());
    };
  }

  private String late() {
    return isComplete()
        ? ""
        : "; "
            + result.incomplete().size()
            + " logs were committed to without it meanwhile, by workers that do not write it: run"
            + " this command once more when none of them is left";
  }

  private boolean isComplete() {
    return result.incomplete().isEmpty();
  }

  private static String text(Dropped dropped) {
    return String.format(
        Locale.ROOT,
        "%nDropped %s: %,d files removed%s",
        dropped.folders().isEmpty() ? "nothing" : String.join(", ", dropped.folders()),
        dropped.removed(),
        dropped.kept() == 0
            ? ""
            : String.format(
                Locale.ROOT,
                ", %,d kept, because logs end with them; drop again when the logs have gone on",
                dropped.kept()));
  }

  String json() {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("table", generation.table().value());
    json.put("entity", generation.entity());
    json.put("generation", generation.number());
    json.put("rows", result.rows());
    json.put("current", result.standing() != Standing.BUILDING);
    json.put("switched", result.standing() == Standing.SWITCHED);
    json.put("complete", isComplete());
    ArrayNode slices = json.putArray("slicesToRun");
    new TreeSet<>(others).forEach(number -> slices.add(number + "/" + slice.of()));
    dropped.ifPresent(
        each -> {
          ArrayNode folders = json.putObject("dropped").putArray("folders");
          each.folders().forEach(folders::add);
          ((ObjectNode) json.path("dropped"))
              .put("removed", each.removed())
              .put("kept", each.kept());
        });
    return json.toPrettyString();
  }
}
