package dev.afterbay.consumer.health;

import dev.afterbay.consumer.aws.AwsCalls;
import dev.afterbay.consumer.status.LeaseRows;
import dev.afterbay.reconciliation.audit.AuditSummary;
import dev.afterbay.reconciliation.compare.Verdict;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.FunctionTimer;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * What a worker tells of itself in figures; {@code docs/metrics.md} has their meaning. The figures
 * of a table have the label {@code table}, those of a shard also {@code stream} and {@code shard}.
 * Counters count from the start of the process; a shard has its figures while this process reads
 * it.
 */
public final class Metrics {
  /** What {@link #text} is, for a {@code Content-Type} header. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Vitals vitals;
  private final Health health;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MultiGauge shardsOwned;
  private final MultiGauge shardsOpen;
  private final MultiGauge shardsUnowned;
  private final MultiGauge lag;
  private final MultiGauge behind;
  private final MultiGauge secondsUntilTrimmed;
  private final MultiGauge slowestCommit;
  private final MultiGauge lastPollAge;
  private final MultiGauge caughtUpAge;
  private final MultiGauge untilTrimmed;
  private final MultiGauge catalog;
  private final MultiGauge openGaps;
  private final MultiGauge drift;
  private final MultiGauge auditAge;
  private final MultiGauge healthy;
  private final Set<TableName> bound = new HashSet<>();

  /**
   * The figures of a process.
   *
   * @param calls those of the worker's clients
   */
  public Metrics(Vitals vitals, Health health, AwsCalls calls) {
    this.vitals = vitals;
    this.health = health;
    bind(calls);
    this.shardsOwned =
        gauge(MultiGauge.builder("afterbay.shards.owned"), "Shards that this process reads now");
    this.shardsOpen =
        gauge(
            MultiGauge.builder("afterbay.shards.open"),
            "Shards of all workers that were not read to their end");
    this.shardsUnowned =
        gauge(
            MultiGauge.builder("afterbay.shards.unowned"),
            "Shards that could be read, and that no worker reads");
    this.behind =
        gauge(
            MultiGauge.builder("afterbay.complete.at.age").baseUnit("seconds"),
            "The clock minus the time up to which the lake has everything of the shards read here");
    this.secondsUntilTrimmed =
        gauge(
            MultiGauge.builder("afterbay.seconds.until.trimmed"),
            "Until the stream forgets the oldest record that was not read, at the earliest");
    this.slowestCommit =
        gauge(
            MultiGauge.builder("afterbay.commit.seconds.max"),
            "How long the slowest commit of this minute and the one before took");
    this.healthy = gauge(MultiGauge.builder("afterbay.healthy"), "Whether /health answers 200");
    this.lag =
        gauge(
            MultiGauge.builder("afterbay.lag").baseUnit("seconds"),
            "The clock minus the time of the last visible record");
    this.lastPollAge =
        gauge(
            MultiGauge.builder("afterbay.shard.last.poll.age").baseUnit("seconds"),
            "Since the last successful read of the shard");
    this.caughtUpAge =
        gauge(
            MultiGauge.builder("afterbay.shard.caught.up.age").baseUnit("seconds"),
            "Since there was last nothing more to read in the shard");
    this.untilTrimmed =
        gauge(
            MultiGauge.builder("afterbay.shard.hours.until.trimmed"),
            "Until the stream forgets the oldest record that was not read, at the earliest");
    this.catalog =
        gauge(
            MultiGauge.builder("afterbay.catalog.up.to.date"),
            "Whether the catalog has what the lake has");
    this.openGaps = gauge(MultiGauge.builder("afterbay.gaps.open"), "Gaps that are not healed");
    this.drift =
        gauge(
            MultiGauge.builder("afterbay.audit.drift"),
            "Keys of which the newest audit found that lake and source differ");
    this.auditAge =
        gauge(
            MultiGauge.builder("afterbay.audit.age").baseUnit("seconds"),
            "Since the moment of the newest audit");
  }

  private MultiGauge gauge(MultiGauge.Builder gauge, String meaning) {
    return gauge.description(meaning).register(registry);
  }

  /** The values of now in the Prometheus text format. */
  synchronized String text() {
    refresh();
    return registry.scrape();
  }

  /** The meters, with the values of now. */
  synchronized MeterRegistry meters() {
    refresh();
    return registry;
  }

  private void refresh() {
    VitalsSnapshot snapshot = vitals.snapshot();
    snapshot.tables().stream().map(TableVitals::table).filter(bound::add).forEach(this::bind);
    shardsOwned.register(
        snapshot.tables().stream()
            .<Row<?>>map(t -> Row.of(tags(t.table()), t.shards().size()))
            .toList(),
        true);
    Instant now = snapshot.now();
    durations(lag, snapshot, table -> table.lag(now));
    durations(behind, snapshot, table -> table.behind(now));
    durations(secondsUntilTrimmed, snapshot, table -> table.untilTrimmed(now));
    durations(
        slowestCommit,
        snapshot,
        table ->
            table.tally().commits() == 0
                ? Optional.empty()
                : Optional.of(vitals.commits(table.table()).slowest()));
    refreshLeases();
    perShard(lastPollAge, snapshot, s -> s.lastPoll().map(at -> seconds(at, now)));
    perShard(caughtUpAge, snapshot, s -> s.caughtUpAt().map(at -> seconds(at, now)));
    perShard(
        untilTrimmed, snapshot, s -> Optional.of(s.untilTrimmed(now).toMillis() / 3_600_000.0));
    catalog.register(
        snapshot.catalogUpToDate().stream()
            .<Row<?>>map(is -> Row.of(Tags.empty(), is ? 1 : 0))
            .toList(),
        true);
    openGaps.register(perTable(vitals.openGaps(), Integer::longValue), true);
    List<AuditSummary> audits = vitals.audits();
    drift.register(audits.stream().flatMap(Metrics::driftRows).toList(), true);
    auditAge.register(
        audits.stream()
            .<Row<?>>map(audit -> Row.of(tags(audit.table()), seconds(audit.at(), now)))
            .toList(),
        true);
    healthy.register(List.of(Row.of(Tags.empty(), health.check().healthy() ? 1 : 0)), true);
  }

  private void refreshLeases() {
    NavigableMap<TableName, LeaseRows> leases = vitals.leases();
    shardsOpen.register(perTable(leases, LeaseRows::open), true);
    shardsUnowned.register(perTable(leases, LeaseRows::unowned), true);
  }

  private static <T> List<Row<?>> perTable(Map<TableName, T> known, ToLongFunction<T> figure) {
    return known.entrySet().stream()
        .<Row<?>>map(entry -> Row.of(tags(entry.getKey()), figure.applyAsLong(entry.getValue())))
        .toList();
  }

  private void bind(AwsCalls calls) {
    FunctionCounter.builder("afterbay.get.records.calls", calls, AwsCalls::getRecords)
        .description("Calls of GetRecords, repeated ones included")
        .register(registry);
    FunctionCounter.builder("afterbay.s3.errors", calls, AwsCalls::s3Errors)
        .description("Attempts at S3 that ended in a fault of the service or the line")
        .register(registry);
    for (String service : calls.throttles().keySet()) {
      FunctionCounter.builder(
              "afterbay.throttles", calls, c -> c.throttles().getOrDefault(service, 0L))
          .description("Answers of AWS that said to be slower")
          .tag("service", service)
          .register(registry);
    }
  }

  private void bind(TableName table) {
    counter(table, "records.read", "Records read that were not yet in the lake", Tally::read);
    counter(table, "records", "Records that became visible in the lake", Tally::records);
    counter(table, "duplicates", "Records read that were already there", Tally::duplicates);
    counter(table, "commits", "Segments that became visible", Tally::commits);
    counter(table, "files", "Files in these segments", Tally::files);
    counter(table, "bytes", "Bytes of these files", Tally::bytes);
    counter(table, "quarantined.records", "Records set aside raw", Tally::quarantined);
    counter(table, "gaps", "Gaps recorded", Tally::gaps);
    counter(table, "extra.attributes", "Attributes that no column holds", Tally::extras);
    counter(table, "unrouted.records", "Records of no typed table", Tally::unrouted);
    counter(table, "rows", "Rows that became visible in all tables", Tally::rows);
    FunctionTimer.builder(
            "afterbay.commit",
            vitals,
            v -> v.tally(table).commits(),
            v -> v.commits(table).took().toMillis(),
            TimeUnit.MILLISECONDS)
        .description("How long commits took")
        .tags(tags(table))
        .register(registry);
  }

  private void counter(TableName table, String name, String meaning, ToLongFunction<Tally> count) {
    FunctionCounter.builder("afterbay." + name, vitals, v -> count.applyAsLong(v.tally(table)))
        .description(meaning)
        .tags(tags(table))
        .register(registry);
  }

  private static void durations(
      MultiGauge gauge, VitalsSnapshot snapshot, Function<TableVitals, Optional<Duration>> figure) {
    gauge.register(
        snapshot.tables().stream()
            .flatMap(
                table ->
                    figure.apply(table).stream()
                        .<Row<?>>map(time -> Row.of(tags(table.table()), time.toMillis() / 1000.0)))
            .toList(),
        true);
  }

  private static Stream<Row<?>> driftRows(AuditSummary audit) {
    return Stream.of(Verdict.values())
        .map(
            verdict ->
                Row.of(tags(audit.table()).and("verdict", verdict.text()), audit.count(verdict)));
  }

  private static void perShard(
      MultiGauge gauge, VitalsSnapshot snapshot, Function<ShardVitals, Optional<Double>> figure) {
    gauge.register(
        snapshot.tables().stream()
            .flatMap(table -> table.shards().stream())
            .flatMap(shard -> figure.apply(shard).stream().<Row<?>>map(f -> row(shard, f)))
            .toList(),
        true);
  }

  private static Row<?> row(ShardVitals vitals, double figure) {
    StreamShard shard = vitals.shard();
    return Row.of(
        tags(shard.table()).and("stream", shard.stream().value(), "shard", shard.shard().value()),
        figure);
  }

  private static double seconds(Instant from, Instant to) {
    return Elapsed.between(from, to).toMillis() / 1000.0;
  }

  private static Tags tags(TableName table) {
    return Tags.of("table", table.value());
  }
}
