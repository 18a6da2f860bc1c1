package dev.afterbay.consumer.status;

import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.sinks.segment.Tally;
import java.io.PrintWriter;
import java.util.Map;
import java.util.TreeMap;

/** What was counted beside the rows, for a person: a line for each entity, and each key shape. */
final class TalliesText {
  private TalliesText() {}

  static void print(Tallies tallies, PrintWriter out) {
    Map<String, StringBuilder> extras = new TreeMap<>();
    Map<String, Long> unrouted = new TreeMap<>();
    for (Map.Entry<Tally, Long> counted : tallies.counts().entrySet()) {
      Tally tally = counted.getKey();
      if (tally.reason().equals(Tally.UNROUTED)) {
        unrouted.put(tally.subject(), counted.getValue());
      } else {
        StringBuilder line = extras.computeIfAbsent(tally.table(), any -> new StringBuilder());
        line.append(line.isEmpty() ? "" : ", ")
            .append(tally.subject())
            .append(' ')
            .append(tally.reason())
            .append(' ')
            .append(counted.getValue());
      }
    }
    extras.forEach((entity, line) -> out.println("  " + entity + ": in cdc_extra: " + line));
    unrouted.forEach(
        (shape, records) ->
            out.println(
                "  no entity for "
                    + records
                    + (records == 1 ? " record" : " records")
                    + (shape.equals(Tallies.OTHERS)
                        ? " of other shapes"
                        : "; a template for them is match: { " + shape + " }")));
  }
}
