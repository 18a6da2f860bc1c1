package dev.afterbay.reconciliation.compare;

import dev.afterbay.sinks.catalog.SourceCatalog;
import dev.afterbay.sinks.catalog.SqlName;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tocatalog.CatalogEntry;
import dev.afterbay.transforms.image.Item;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A comparison by Athena. */
final class AthenaComparison implements Comparison {
  private static final String VERSION = ", cdc_digest, cdc_stream, cdc_seq, cdc_time FROM ";

  private final AthenaEngine engine;
  private final KeyColumns keys;
  private final SourceTable source;
  private final SourceFiles files;

  AthenaComparison(AthenaEngine engine, KeyColumns keys, SourceTable source, SourceFiles files) {
    this.engine = engine;
    this.keys = keys;
    this.source = source;
    this.files = files;
  }

  @Override
  public void source(Item item, String digest) {
    files.add(keys.textsOf(item), digest);
  }

  @Override
  public Outcome differences(LakeSide side, Consumer<Difference> taker) {
    requireAll(side);
    files.end();
    engine.tables().ensure(source.definition());
    Answers answers = new Answers(taker);
    long scanned =
        engine
            .queries()
            .ask(
                "compare table '" + side.table() + "' with its export",
                ComparisonSql.differences(sides(side), keys, side.moment()),
                row -> take(row, answers));
    return answers.outcome(scanned);
  }

  /** What engines do not look for would be missing to them. */
  private void requireAll(LakeSide side) {
    CatalogEntry changes = engine.tables().require(SourceCatalog.changesOf(side.table()));
    Optional<LocalDate> unknown = side.firstDay().filter(day -> !changes.hasDay(day));
    if (unknown.isPresent()) {
      throw behind(side, changes.name(), "the day " + unknown.get());
    }
    CatalogEntry snapshots = engine.tables().require(SourceCatalog.snapshotsOf(side.table()));
    Optional<String> base = side.base().map(Lake::moment);
    if (base.filter(name -> !snapshots.hasSnapshot(name)).isPresent()) {
      throw behind(side, snapshots.name(), "the snapshot " + base.get());
    }
  }

  private static LakeException behind(LakeSide side, String table, String what) {
    return new LakeException(
        "The lake has "
            + what
            + ", but the catalog's table '"
            + table
            + "' does not; a running worker registers it within minutes: then repeat with --at "
            + side.moment()
            + ", or audit with --engine duckdb");
  }

  private List<String> sides(LakeSide side) {
    String since =
        side.since()
            .map(
                first ->
                    " AND dt >= '%s' AND cdc_time >= %s"
                        .formatted(LakeSide.day(first), ComparisonSql.time(first)))
            .orElse("");
    Instant until = side.until();
    String lake =
        "SELECT %s%s%s WHERE dt <= '%s' AND cdc_time <= %s%s"
            .formatted(
                keys.textsFromLake(),
                VERSION,
                SqlName.quoted(SourceCatalog.changesOf(side.table())),
                LakeSide.day(until),
                ComparisonSql.time(until),
                since);
    String snapshot =
        side.base()
            .map(
                taken ->
                    "\nUNION ALL SELECT %s%s%s WHERE snapshot = '%s'"
                        .formatted(
                            keys.textsFromLake(),
                            VERSION,
                            SqlName.quoted(SourceCatalog.snapshotsOf(side.table())),
                            Lake.moment(taken)))
            .orElse("");
    return List.of("lake AS (" + lake + snapshot + ")", "source AS (" + source.query(keys) + ")");
  }

  private void take(List<@Nullable String> row, Answers answers) {
    int width = keys.attributes().size();
    List<String> key = row.subList(0, width).stream().map(Objects::requireNonNull).toList();
    answers.take(
        keys.keyOf(key),
        row.get(width),
        row.get(width + 1),
        Integer.parseInt(Objects.requireNonNull(row.get(width + 2))));
  }

  @Override
  public void close() {
    files.discard();
  }
}
