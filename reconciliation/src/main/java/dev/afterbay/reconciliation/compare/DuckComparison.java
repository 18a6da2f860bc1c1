package dev.afterbay.reconciliation.compare;

import dev.afterbay.transforms.image.Item;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Consumer;
import org.duckdb.DuckDBAppender;

/** A comparison by the DuckDB of this process. */
final class DuckComparison implements Comparison {
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

  /** A comparison that has its DuckDB for itself. */
  static DuckComparison in(Duck duck, KeyColumns keys, DuckLake lake) {
    duck.run("CREATE TABLE source (" + keys.definitions() + ", digest VARCHAR)");
    return new DuckComparison(duck, keys, lake, duck.append("source"));
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
  public Outcome differences(LakeSide side, Consumer<Difference> taker) {
    try {
      source.close();
    } catch (SQLException e) {
      throw Duck.failed(e);
    }
    lake.viewBefore(side.moment().minus(UNSURE), side);
    Answers answers = new Answers(taker);
    duck.ask(
        ComparisonSql.differences(List.of(), keys, side.moment()),
        row ->
            answers.take(
                keys.keyOf(row),
                row.getString("lake_digest"),
                row.getString("source_digest"),
                row.getInt("cleared")));
    return answers.outcome(lake.bytes());
  }

  @Override
  public void close() {
    duck.close();
  }
}
