package dev.afterbay.consumer.health;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.consumer.status.LakeView;
import dev.afterbay.consumer.status.LeaseRows;
import dev.afterbay.consumer.status.SchemaVersion;
import dev.afterbay.consumer.status.StatusJson;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the status page shows, as JSON: this process, its tables, and what the lake says of all
 * workers. A value that is not known is null. Names and figures only, never an item's content.
 */
public final class StatusDocument {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final String application;
  private final String worker;
  private final Vitals vitals;
  private final Health health;
  private final History history;
  private final Supplier<Optional<LakeView>> lake;

  /**
   * The document of a worker.
   *
   * @param lake asked each time; must answer at once
   */
  public StatusDocument(
      String application,
      String worker,
      Vitals vitals,
      Health health,
      History history,
      Supplier<Optional<LakeView>> lake) {
    this.application = application;
    this.worker = worker;
    this.vitals = vitals;
    this.health = health;
    this.history = history;
    this.lake = lake;
  }

  /** The document of now. */
  String text() {
    VitalsSnapshot snapshot = vitals.snapshot();
    HealthReport report = health.check();
    ObjectNode json = NODES.objectNode();
    json.put("application", application);
    json.put("worker", worker);
    json.put("now", snapshot.now().toString());
    json.put("startedAt", snapshot.startedAt().toString());
    json.put("status", report.status().toString());
    ArrayNode reasons = json.putArray("reasons");
    report.reasons().forEach(reasons::add);
    json.put("catalogUpToDate", snapshot.catalogUpToDate().orElse(null));
    ArrayNode tables = json.putArray("tables");
    snapshot.tables().forEach(table -> tables.add(table(table, snapshot.now())));
    json.set("lake", lake.get().map(StatusDocument::lake).orElse(NODES.nullNode()));
    return json.toString();
  }

  private ObjectNode table(TableVitals table, Instant now) {
    ObjectNode json = NODES.objectNode();
    json.put("table", table.table().value());
    json.put("behindSeconds", seconds(table.behind(now)));
    json.put("untilTrimmedSeconds", seconds(table.untilTrimmed(now)));
    json.put("shardsOwned", table.shards().size());
    Optional<LeaseRows> leases = Optional.ofNullable(vitals.leases().get(table.table()));
    json.put("shardsOpen", leases.map(LeaseRows::open).orElse(null));
    json.put("shardsUnowned", leases.map(LeaseRows::unowned).orElse(null));
    Tally tally = table.tally();
    json.putObject("counts")
        .put("records", tally.records())
        .put("rows", tally.rows())
        .put("commits", tally.commits())
        .put("files", tally.files())
        .put("bytes", tally.bytes())
        .put("duplicates", tally.duplicates())
        .put("quarantined", tally.quarantined())
        .put("gaps", tally.gaps())
        .put("misfits", tally.extras())
        .put("unrouted", tally.unrouted());
    ArrayNode hour = json.putArray("lastHour");
    history.of(table.table()).forEach(point -> hour.add(point(point)));
    ArrayNode commits = json.putArray("lastCommits");
    vitals.commits(table.table()).last().forEach(commit -> commits.add(commit(commit)));
    ArrayNode shards = json.putArray("shards");
    table.shards().forEach(shard -> shards.add(shard(shard, now)));
    return json;
  }

  private static ObjectNode point(History.Point point) {
    return NODES
        .objectNode()
        .put("at", point.at().toString())
        .put("recordsPerSecond", Math.round(point.recordsPerSecond() * 10) / 10.0)
        .put("behindSeconds", seconds(point.behind()));
  }

  private static ObjectNode commit(Commits.Commit commit) {
    return NODES
        .objectNode()
        .put("at", commit.at().toString())
        .put("shard", commit.shard().shard().value())
        .put("records", commit.segment().records())
        .put("rows", commit.segment().rows())
        .put("files", commit.segment().files())
        .put("bytes", commit.segment().bytes())
        .put("millis", commit.segment().took().toMillis());
  }

  /** What only the process that reads a shard knows of it. */
  private static ObjectNode shard(ShardVitals shard, Instant now) {
    return NODES
        .objectNode()
        .put("shard", shard.shard().shard().value())
        .put("lastReadSeconds", seconds(shard.lastPoll().map(at -> Elapsed.between(at, now))))
        .put("caughtUpSeconds", seconds(shard.caughtUpAt().map(at -> Elapsed.between(at, now))))
        .put("untilTrimmedSeconds", shard.untilTrimmed(now).toSeconds());
  }

  private static JsonNode lake(LakeView view) {
    ObjectNode json = StatusJson.of(view.report());
    json.set("schemas", schemas(view.schemas()));
    return json;
  }

  private static ArrayNode schemas(List<SchemaVersion> versions) {
    ArrayNode json = NODES.arrayNode();
    versions.forEach(
        version ->
            json.addObject()
                .put("table", version.table().value())
                .put("entity", version.entity())
                .put("version", version.version())
                .put("columns", version.columns()));
    return json;
  }

  private static @Nullable Long seconds(Optional<Duration> time) {
    return time.map(Duration::toSeconds).orElse(null);
  }
}
