package dev.afterbay.sinks.commit;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.sinks.segment.Tally;
import java.util.Map;
import java.util.TreeMap;

/** Tallies as JSON: {@code {"orders": {"Total": {"PRECISION": 3}}}}. */
final class TalliesJson {
  private TalliesJson() {}

  static ObjectNode write(Tallies tallies) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    tallies
        .counts()
        .forEach(
            (tally, count) ->
                json.withObjectProperty(tally.table())
                    .withObjectProperty(tally.subject())
                    .put(tally.reason(), count.longValue()));
    return json;
  }

  /** Reads them; an entry that tells of none has counted none. */
  static Tallies read(JsonNode json) {
    Map<Tally, Long> counts = new TreeMap<>();
    json.properties()
        .forEach(
            table ->
                table
                    .getValue()
                    .properties()
                    .forEach(
                        subject ->
                            subject
                                .getValue()
                                .properties()
                                .forEach(
                                    reason ->
                                        counts.put(
                                            new Tally(
                                                table.getKey(), subject.getKey(), reason.getKey()),
                                            reason.getValue().longValue()))));
    return new Tallies(counts);
  }
}
