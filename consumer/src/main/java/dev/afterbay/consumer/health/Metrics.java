package dev.afterbay.consumer.health;

import dev.afterbay.transforms.change.TableName;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.MultiGauge.Row;
import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.function.ToLongFunction;

/**
 * The vitals as Prometheus metrics. All have the label {@code table}, the DynamoDB name of the
 * table; all count from the start of the process.
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
 *   <tr><td>{@code afterbay_shards_owned}<td>gauge<td>shards that this process reads now
 *   <tr><td>{@code afterbay_lag_seconds}<td>gauge<td>the clock minus the time of the last visible
 *       record, of that shard of this process where it is the greatest; absent until something was
 *       committed. It also grows while nobody writes to the table
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
  private final Set<TableName> bound = new HashSet<>();

  Metrics(Vitals vitals) {
    this.vitals = vitals;
    this.shardsOwned =
        MultiGauge.builder("afterbay.shards.owned")
            .description("Shards that this process reads now")
            .register(registry);
    this.lag =
        MultiGauge.builder("afterbay.lag")
            .baseUnit("seconds")
            .description("The clock minus the time of the last visible record")
            .register(registry);
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
    return registry.scrape();
  }

  private void bind(TableName table) {
    counter(table, "records.read", "Records read that were not yet in the lake", Tally::read);
    counter(table, "records", "Records that became visible in the lake", Tally::records);
    counter(table, "duplicates", "Records read that were already there", Tally::duplicates);
    counter(table, "commits", "Segments that became visible", Tally::commits);
    counter(table, "files", "Files in these segments", Tally::files);
    counter(table, "bytes", "Bytes of these files", Tally::bytes);
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

  private static Tags tags(TableName table) {
    return Tags.of("table", table.value());
  }
}
