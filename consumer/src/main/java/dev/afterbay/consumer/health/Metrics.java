package dev.afterbay.consumer.health;

import dev.afterbay.reconciliation.audit.AuditSummary;
import dev.afterbay.reconciliation.compare.Verdict;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;

/**
 * The vitals as Prometheus metrics. All but that of the catalog have the label {@code table}, the
 * DynamoDB name of the table; those of a shard also {@code stream} and {@code shard}. All count
 * from the start of the process; a shard has its metrics while this process reads it.
 *
 * <table>
 *   <caption>Metrics</caption>
 *   <tr><th>Name<th>Type<th>Meaning
 *   <tr><td>{@code afterbay_records_read_total}<td>counter<td>records read that were not yet in the
 *       lake; those of a segment that was discarded are read, and counted, again
 *   <tr><td>{@code afterbay_records_total}<td>counter<td>records that became visible in the lake;
 *       summed up over all workers, the rows that they wrote
 *   <tr><td>{@code afterbay_duplicates_total}<td>counter<td>records read that were already in the
 *       lake, and dropped
 *   <tr><td>{@code afterbay_commits_total}<td>counter<td>segments that became visible
 *   <tr><td>{@code afterbay_files_total}<td>counter<td>files in these segments
 *   <tr><td>{@code afterbay_bytes_total}<td>counter<td>bytes of these files
 *   <tr><td>{@code afterbay_quarantined_records_total}<td>counter<td>records that could be neither
 *       decoded nor encoded, and were set aside raw
 *   <tr><td>{@code afterbay_gaps_total}<td>counter<td>gaps recorded: records are gone that were never
 *       read
 *   <tr><td>{@code afterbay_extra_attributes_total}<td>counter<td>attributes of typed rows that their
 *       columns do not hold, and that are in {@code cdc_extra}; {@code status} has them by column and
 *       reason
 *   <tr><td>{@code afterbay_unrouted_records_total}<td>counter<td>records that belong to no typed
 *       table, though their source table has some
 *   <tr><td>{@code afterbay_shards_owned}<td>gauge<td>shards that this process reads now
 *   <tr><td>{@code afterbay_lag_seconds}<td>gauge<td>the clock minus the time of the last visible
 *       record, of that shard of this process where it is the greatest; absent until something was
 *       committed. It also grows while nobody writes to the table
 *   <tr><td>{@code afterbay_shard_last_poll_age_seconds}<td>gauge<td>since the last successful read of
 *       the shard; absent before the first
 *   <tr><td>{@code afterbay_shard_caught_up_age_seconds}<td>gauge<td>since there was last nothing more
 *       to read in the shard: how far its reader is behind; absent before the first time
 *   <tr><td>{@code afterbay_shard_hours_until_trimmed}<td>gauge<td>until the stream forgets the oldest
 *       record that was not read, at the earliest; 24 at most
 *   <tr><td>{@code afterbay_gaps_open}<td>gauge<td>gaps that are not healed, at the last look
 *   <tr><td>{@code afterbay_audit_drift}<td>gauge<td>keys of which the newest audit found that lake
 *       and source differ, by the label {@code verdict}: {@code missing}, {@code stale} or {@code
 *       phantom}; absent before the first audit
 *   <tr><td>{@code afterbay_audit_age_seconds}<td>gauge<td>since the moment of the newest audit
 *   <tr><td>{@code afterbay_catalog_up_to_date}<td>gauge<td>1 if the catalog has all tables, columns
 *       and views that this process knows of, 0 while it has not; absent with {@code catalog: none}
 * </table>
 */
final class Metrics {
  /** What {@link #text} is, for a {@code Content-Type} header. */
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final Vitals vitals;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final MultiGauge shardsOwned;
  private final MultiGauge lag;
  private final MultiGauge lastPollAge;
  private final MultiGauge caughtUpAge;
  private final MultiGauge untilTrimmed;
  private final MultiGauge catalog;
  private final MultiGauge openGaps;
  private final MultiGauge drift;
  private final MultiGauge auditAge;
  private final Set<TableName> bound = new HashSet<>();

  Metrics(Vitals vitals) {
    this.vitals = vitals;
    this.shardsOwned =
        gauge(MultiGauge.builder("afterbay.shards.owned"), "Shards that this process reads now");
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
    VitalsSnapshot snapshot = vitals.snapshot();
    snapshot.tables().stream().map(TableVitals::table).filter(bound::add).forEach(this::bind);
    shardsOwned.register(
        snapshot.tables().stream()
            .<Row<?>>map(t -> Row.of(tags(t.table()), t.shards().size()))
            .toList(),
        true);
    lag.register(
        snapshot.tables().stream().flatMap(t -> lagRow(t, snapshot).stream()).toList(), true);
    Instant now = snapshot.now();
    perShard(lastPollAge, snapshot, s -> s.lastPoll().map(at -> seconds(at, now)));
    perShard(caughtUpAge, snapshot, s -> s.caughtUpAt().map(at -> seconds(at, now)));
    perShard(
        untilTrimmed, snapshot, s -> Optional.of(s.untilTrimmed(now).toMillis() / 3_600_000.0));
    catalog.register(
        snapshot.catalogUpToDate().stream()
            .<Row<?>>map(is -> Row.of(Tags.empty(), is ? 1 : 0))
            .toList(),
        true);
    openGaps.register(
        vitals.openGaps().entrySet().stream()
            .<Row<?>>map(gaps -> Row.of(tags(gaps.getKey()), gaps.getValue()))
            .toList(),
        true);
    List<AuditSummary> audits = vitals.audits();
    drift.register(audits.stream().flatMap(Metrics::driftRows).toList(), true);
    auditAge.register(
        audits.stream()
            .<Row<?>>map(audit -> Row.of(tags(audit.table()), seconds(audit.at(), now)))
            .toList(),
        true);
    return registry.scrape();
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
  }

  private void counter(TableName table, String name, String meaning, ToLongFunction<Tally> count) {
    FunctionCounter.builder("afterbay." + name, vitals, v -> count.applyAsLong(v.tally(table)))
        .description(meaning)
        .tags(tags(table))
        .register(registry);
  }

  private static Optional<Row<?>> lagRow(TableVitals table, VitalsSnapshot snapshot) {
    return table
        .lag(snapshot.now())
        .map(lag -> Row.of(tags(table.table()), lag.toMillis() / 1000.0));
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
