package dev.afterbay.consumer.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.consumer.config.LakeLocation;
import dev.afterbay.reconciliation.snapshot.Taken;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.transforms.change.TableName;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What {@code afterbay snapshot} says at the end, for people and for programs. */
final class SnapshotAnswer {
  private final ObjectNode json = JsonNodeFactory.instance.objectNode();
  private final ArrayNode tables;
  private final List<String> lines = new ArrayList<>();

  SnapshotAnswer(LakeLocation lake) {
    json.put("lake", lake.toString());
    tables = json.putArray("tables");
  }

  void add(TableName table, Instant moment, Taken taken) {
    String name = Lake.moment(moment);
    String head = table + ": snapshot " + name + ": ";
    if (taken instanceof Taken.Complete complete) {
      long items = complete.snapshot().items();
      lines.add(head + "complete, " + items + " items of " + files(complete.files()));
      put(table, name, complete.snapshot().export(), items, complete.files()).put("complete", true);
    } else if (taken instanceof Taken.Already already) {
      long items = already.snapshot().items();
      lines.add(head + "was complete before, " + items + " items of " + files(already.files()));
      put(table, name, already.snapshot().export(), items, already.files()).put("complete", true);
    } else if (taken instanceof Taken.Partly partly) {
      lines.add(head + "slice " + partly.slice() + " done; " + notYet(partly.others()));
      put(table, name, partly.export(), partly.items(), partly.files())
          .put("complete", false)
          .put("slice", partly.slice().toString());
    }
  }

  String text() {
    return String.join(System.lineSeparator(), lines);
  }

  String json() {
    return json.toPrettyString();
  }

  private ObjectNode put(TableName table, String name, String export, long items, int files) {
    return tables
        .addObject()
        .put("table", table.value())
        .put("snapshot", name)
        .put("export", export)
        .put("items", items)
        .put("files", files);
  }

  private static String files(int files) {
    return files == 1 ? "1 file" : files + " files";
  }

  private static String notYet(List<Integer> slices) {
    int last = slices.size() - 1;
    if (last == 0) {
      return slices.get(0) + " is not yet";
    }
    String first =
        String.join(", ", slices.subList(0, last).stream().map(String::valueOf).toList());
    return first + " and " + slices.get(last) + " are not yet";
  }
}
