package dev.afterbay.consumer.status;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.reconciliation.audit.AuditNotes;
import dev.afterbay.sinks.commit.RecordedGap;
import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.sinks.segment.Tally;
import dev.afterbay.transforms.change.ShardId;
import java.time.Duration;
import java.util.Optional;

/** The report for scripts; a value that is not known is null. */
public final class StatusJson {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private StatusJson() {}

  /** One JSON object. */
  public static ObjectNode of(StatusReport report) {
    ObjectNode json = NODES.objectNode();
    json.put("application", report.application());
    json.put("lake", report.lake().toString());
    json.put("at", report.at().toString());
    ArrayNode tables = json.putArray("tables");
    report.tables().forEach(table -> tables.add(of(table)));
    ArrayNode notes = json.putArray("notes");
    report.notes().forEach(notes::add);
    return json;
  }

  private static ObjectNode of(TableStatus table) {
    ObjectNode json = NODES.objectNode();
    json.put("table", table.table().value());
    put(json, "completeAt", table.completeAt());
    json.put("records", table.records());
    json.put("commits", table.commits());
    json.set("audit", table.audit().<JsonNode>map(AuditNotes::json).orElse(NODES.nullNode()));
    ArrayNode gaps = json.putArray("gaps");
    table
        .gaps()
        .forEach(
            gap ->
                gaps.add(of(gap).put("state", table.openGaps().contains(gap) ? "open" : "healed")));
    putTallies(json, table.tallies());
    ArrayNode shards = json.putArray("shards");
    table.shards().forEach(shard -> shards.add(of(shard)));
    return json;
  }

  private static void putTallies(ObjectNode json, Tallies tallies) {
    ArrayNode extra = json.putArray("extra");
    ArrayNode unrouted = json.putArray("unrouted");
    tallies
        .counts()
        .forEach(
            (tally, count) -> {
              if (tally.reason().equals(Tally.UNROUTED)) {
                unrouted
                    .addObject()
                    .put("match", tally.subject())
                    .put("records", count.longValue());
              } else {
                extra
                    .addObject()
                    .put("entity", tally.table())
                    .put("attribute", tally.subject())
                    .put("reason", tally.reason())
                    .put("count", count.longValue());
              }
            });
  }

  private static ObjectNode of(RecordedGap gap) {
    ObjectNode json = NODES.objectNode();
    json.put("stream", gap.shard().stream().value());
    json.put("shard", gap.shard().shard().value());
    json.put("reason", gap.gap().reason().name());
    json.put("after", gap.after().padded());
    put(json, "before", gap.gap().before());
    json.put("from", gap.gap().from().toString());
    json.put("until", gap.gap().until().toString());
    json.put("detail", gap.gap().detail());
    json.put("recordedAt", gap.recordedAt().toString());
    return json;
  }

  private static ObjectNode of(ShardProgress shard) {
    ObjectNode json = NODES.objectNode();
    put(json, "stream", shard.stream());
    json.put("shard", shard.shard().value());
    ArrayNode parents = json.putArray("parents");
    shard.parents().stream().map(ShardId::value).sorted().forEach(parents::add);
    json.put("state", shard.ended() ? "closed" : "open");
    put(json, "position", shard.position());
    json.put("records", shard.records());
    json.put("commits", shard.commits());
    put(json, "completeAt", shard.completeAt());
    put(json, "committedAt", shard.committedAt());
    json.put("lagSeconds", shard.lag().map(Duration::toSeconds).orElse(null));
    put(json, "owner", shard.owner());
    return json;
  }

  private static void put(ObjectNode json, String name, Optional<?> value) {
    json.put(name, value.map(Object::toString).orElse(null));
  }
}
