package dev.afterbay.consumer.health;

import dev.afterbay.consumer.auditing.AuditObserver;
import dev.afterbay.consumer.catalog.CatalogObserver;
import dev.afterbay.consumer.healing.GapObserver;
import dev.afterbay.consumer.pipeline.PipelineObserver;
import dev.afterbay.consumer.pipeline.VisibleSegment;
import dev.afterbay.consumer.status.LeaseObserver;
import dev.afterbay.consumer.status.LeaseRows;
import dev.afterbay.reconciliation.audit.AuditSummary;
import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/**
 * What this process knows of its own work, since it started: for each table what was read and
 * committed, for each shard that it reads how far it is. A shard that ended or was released is
 * forgotten; its counts stay with its table.
 *
 * <p>Safe for many threads.
 */
public final class Vitals
    implements PipelineObserver, CatalogObserver, GapObserver, AuditObserver, LeaseObserver {
  private static final Comparator<StreamShard> BY_NAME =
      Comparator.<StreamShard, TableName>comparing(StreamShard::table)
          .thenComparing(StreamShard::stream, Comparator.<StreamLabel>naturalOrder())
          .thenComparing(StreamShard::shard, Comparator.<ShardId>naturalOrder());

  private final InstantSource clock;
  private final Instant startedAt;
  private final NavigableMap<TableName, BooleanSupplier> workers = new ConcurrentSkipListMap<>();
  private final NavigableMap<TableName, Tally> tables = new TreeMap<>();
  private final NavigableMap<StreamShard, ShardVitals> shards = new TreeMap<>(BY_NAME);
  private final NavigableMap<TableName, Commits> commits = new TreeMap<>();
  private final NavigableMap<TableName, LeaseRows> leases = new TreeMap<>();
  private final NavigableMap<TableName, Integer> openGaps = new TreeMap<>();
  private final NavigableMap<TableName, AuditSummary> audits = new TreeMap<>();
  private Optional<Boolean> catalogUpToDate = Optional.empty();
  private Optional<String> failure = Optional.empty();
  private boolean stopping;

  private Vitals(InstantSource clock) {
    this.clock = clock;
    this.startedAt = clock.instant();
  }

  /** The vitals of a process that starts now. */
  public static Vitals startingNow(InstantSource clock) {
    return new Vitals(clock);
  }

  /**
   * Makes a table known before anything happens to it.
   *
   * @param alive whether the table's worker still runs; asked from any thread
   */
  public synchronized void watch(TableName table, BooleanSupplier alive) {
    workers.put(table, alive);
    tables.putIfAbsent(table, Tally.ZERO);
  }

  /** The process was told to stop, and is no longer to be counted on. */
  public synchronized void stopping() {
    stopping = true;
  }

  /** The process cannot go on and ends; the first reason counts. */
  public synchronized void failed(String reason) {
    failure = failure.or(() -> Optional.of(reason));
  }

  @Override
  public synchronized void opened(StreamShard shard) {
    tables.putIfAbsent(shard.table(), Tally.ZERO);
    shards.put(shard, ShardVitals.opened(shard, clock.instant()));
  }

  @Override
  public synchronized void polled(StreamShard shard, int records, int duplicates) {
    Instant now = clock.instant();
    count(shard, tally -> tally.polled(records, duplicates));
    shards.computeIfPresent(shard, (name, vitals) -> vitals.polled(records, duplicates, now));
  }

  @Override
  public synchronized void committed(StreamShard shard, VisibleSegment segment) {
    count(shard, tally -> tally.committed(segment));
    shards.computeIfPresent(shard, (name, vitals) -> vitals.committed(segment));
    commits
        .computeIfAbsent(shard.table(), table -> new Commits())
        .add(new Commits.Commit(clock.instant(), shard, segment));
  }

  /** The commits of this process into a table. */
  synchronized Commits.Summary commits(TableName table) {
    Commits known = commits.get(table);
    return known == null ? Commits.Summary.NONE : known.at(clock.instant());
  }

  @Override
  public synchronized void completeThrough(StreamShard shard, Instant time) {
    shards.computeIfPresent(shard, (name, vitals) -> vitals.completeThrough(time));
  }

  @Override
  public synchronized void seen(TableName table, LeaseRows rows) {
    leases.put(table, rows);
  }

  /** What the lease table of each table says, as far as this process has looked. */
  synchronized NavigableMap<TableName, LeaseRows> leases() {
    return new TreeMap<>(leases);
  }

  @Override
  public synchronized void fetched(StreamShard shard) {
    Instant now = clock.instant();
    shards.computeIfPresent(shard, (name, vitals) -> vitals.fetched(now));
  }

  @Override
  public synchronized void caughtUp(StreamShard shard) {
    Instant now = clock.instant();
    shards.computeIfPresent(shard, (name, vitals) -> vitals.caughtUp(now));
  }

  @Override
  public synchronized void quarantined(StreamShard shard, int records) {
    countOfBoth(shard, tally -> tally.setAside(records));
  }

  @Override
  public synchronized void counted(StreamShard shard, Tallies tallies) {
    countOfBoth(shard, tally -> tally.counted(tallies));
  }

  @Override
  public synchronized void gap(StreamShard shard) {
    countOfBoth(shard, Tally::gap);
  }

  @Override
  public synchronized void ended(StreamShard shard) {
    shards.remove(shard);
  }

  @Override
  public synchronized void released(StreamShard shard) {
    shards.remove(shard);
  }

  @Override
  public synchronized void upToDate() {
    catalogUpToDate = Optional.of(true);
  }

  @Override
  public synchronized void behind() {
    catalogUpToDate = Optional.of(false);
  }

  @Override
  public synchronized void open(TableName table, int gaps) {
    openGaps.put(table, gaps);
  }

  /** How many gaps of each table are not healed, as far as this process has looked. */
  synchronized NavigableMap<TableName, Integer> openGaps() {
    return new TreeMap<>(openGaps);
  }

  @Override
  public synchronized void audited(AuditSummary newest) {
    audits.put(newest.table(), newest);
  }

  /** The newest audit of each table, as far as this process has looked. */
  synchronized List<AuditSummary> audits() {
    return List.copyOf(audits.values());
  }

  synchronized VitalsSnapshot snapshot() {
    List<TableVitals> all =
        tables.entrySet().stream()
            .map(e -> new TableVitals(e.getKey(), e.getValue(), shardsOf(e.getKey())))
            .toList();
    return new VitalsSnapshot(clock.instant(), startedAt, stopping, failure, catalogUpToDate, all);
  }

  synchronized Tally tally(TableName table) {
    return tables.getOrDefault(table, Tally.ZERO);
  }

  /** The watched tables, and how to ask for their workers; ask without holding a lock. */
  NavigableMap<TableName, BooleanSupplier> workers() {
    return workers;
  }

  private void count(StreamShard shard, UnaryOperator<Tally> change) {
    tables.put(shard.table(), change.apply(tally(shard.table())));
  }

  private void countOfBoth(StreamShard shard, UnaryOperator<Tally> change) {
    count(shard, change);
    shards.computeIfPresent(shard, (name, vitals) -> vitals.counted(change.apply(vitals.tally())));
  }

  private List<ShardVitals> shardsOf(TableName table) {
    return shards.values().stream().filter(s -> s.shard().table().equals(table)).toList();
  }
}
