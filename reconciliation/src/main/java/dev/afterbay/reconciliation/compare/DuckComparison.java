package dev.afterbay.reconciliation.compare;

import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.image.Item;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.function.Consumer;
import org.duckdb.DuckDBAppender;

/** A comparison by the DuckDB of this process. */
public final class DuckComparison implements Comparison {
  private final Duck duck;
  private final KeyColumns keys;
  private final DuckLake lake;
  private final DuckDBAppender source;

  private DuckComparison(Duck duck, KeyColumns keys, DuckLake lake, DuckDBAppender source) {
    this.duck = duck;
    this.keys = keys;
    this.lake = lake;
    this.source = source;
  }

  /** The engine for comparisons with the files of a store. */
  public static Engine engine(ObjectStore store) {
    return (keys, folder) -> {
      Duck duck = Duck.inMemory(Duck.Limits.of(folder));
      duck.run("CREATE TABLE source (" + keys.definitions() + ", digest VARCHAR)");
      return new DuckComparison(
          duck,
          keys,
          new DuckLake(duck, keys, store, folder.resolve("lake")),
          duck.append("source"));
    };
  }

  @Override
  public void source(Item item, String digest) {
    try {
      source.beginRow();
      keys.append(source, item);
      source.append(digest).endRow();
    } catch (SQLException e) {
      throw Duck.failed(e);
    }
  }

  @Override
  public long lake(LakeSide side) {
    lake.viewBefore(side.until().minus(UNSURE.multipliedBy(2)), side);
    return lake.bytes();
  }

  @Override
  public Outcome differences(Instant moment, Consumer<Difference> taker) {
    long[] counts = new long[2];
    try {
      source.close();
    } catch (SQLException e) {
      throw Duck.failed(e);
    }
    duck.ask(
        ComparisonSql.differences(keys, moment),
        row -> {
          if (row.getInt("cleared") == 1) {
            counts[1]++;
            return;
          }
          counts[0]++;
          taker.accept(
              new Difference(
                  keys.keyOf(row),
                  Optional.ofNullable(row.getString("lake_digest")),
                  Optional.ofNullable(row.getString("source_digest"))));
        });
    return new Outcome(counts[0], counts[1]);
  }

  @Override
  public void close() {
    duck.close();
  }
}
