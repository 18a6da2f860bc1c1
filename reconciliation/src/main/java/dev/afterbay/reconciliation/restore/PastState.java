package dev.afterbay.reconciliation.restore;

import dev.afterbay.reconciliation.compare.Duck;
import dev.afterbay.reconciliation.compare.DuckLake;
import dev.afterbay.reconciliation.compare.KeyColumns;
import dev.afterbay.reconciliation.compare.LakeSide;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.nio.file.Path;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.duckdb.DuckDBAppender;

/**
 * The items of a table as they were at the end of a second, and what another table lacks of them.
 */
public final class PastState implements AutoCloseable {
  private static final String OF_FILES = "s.cdc_file = i.cdc_file AND s.cdc_row = i.cdc_row";

  private final Duck duck;
  private final Duck writing;
  private final KeyColumns keys;
  private final Set<String> without;
  private final long items;

  private PastState(Duck duck, KeyColumns keys, Set<String> without) {
    this.duck = duck;
    this.writing = duck.another();
    this.keys = keys;
    this.without = Set.copyOf(without);
    duck.run("CREATE TABLE expected (" + keys.definitions() + ", digest VARCHAR)");
    this.items = load();
  }

  /**
   * Works out the state that the lake tells of.
   *
   * @param side the files that tell of the moment
   * @param without names of attributes that are left out of every item
   * @param folder an own one, for copies of files and what does not fit into memory
   * @throws LakeException if the files do not hold what they say
   */
  public static PastState of(
      LakeSide side, KeyColumns keys, Set<String> without, ObjectStore store, Path folder) {
    Duck duck = Duck.onDisk(Duck.Limits.of(folder));
    try {
      DuckLake lake = new DuckLake(duck, keys, store, folder.resolve("lake"));
      lake.view(side);
      duck.run(
          "CREATE TABLE state AS SELECT * FROM ("
              + lake.newest(side.moment())
              + ") WHERE cdc_digest IS NOT NULL");
      Set<String> files = new HashSet<>();
      duck.ask("SELECT DISTINCT cdc_file FROM state", row -> files.add(row.getString(1)));
      lake.images(files);
      return new PastState(duck, keys, without);
    } catch (RuntimeException e) {
      duck.close();
      throw e;
    }
  }

  /** How many items there are. */
  public long items() {
    return items;
  }

  /**
   * Compares what a table holds with the state.
   *
   * @param contents gives out the items of the table
   */
  RestoreSummary.Difference compare(Consumer<Consumer<Item>> contents) {
    writing.run("CREATE OR REPLACE TABLE target (" + keys.definitions() + ", digest VARCHAR)");
    writing.add(
        "target",
        table ->
            contents.accept(
                item -> {
                  try {
                    append(table, item);
                  } catch (SQLException e) {
                    throw new LakeException("DuckDB cannot take an item of the table", e);
                  }
                }));
    String both = "expected e LEFT JOIN target t ON " + keys.equal("e", "t");
    return new RestoreSummary.Difference(
        duck.number("SELECT count(*) FROM " + both + " WHERE t.digest IS NULL"),
        duck.number("SELECT count(*) FROM " + both + " WHERE t.digest <> e.digest"),
        duck.number(
            "SELECT count(*) FROM target t LEFT JOIN expected e ON "
                + keys.equal("e", "t")
                + " WHERE e.digest IS NULL"));
  }

  /** Gives out the items that the table of the last comparison lacks or holds differently. */
  void eachLacking(Consumer<Item> taker) {
    duck.ask(
        """
        SELECT i.new_image FROM expected e
          INNER JOIN state s ON %s
          INNER JOIN lake_images i ON %s
          LEFT JOIN target t ON %s
        WHERE t.digest IS DISTINCT FROM e.digest"""
            .formatted(keys.equal("e", "s"), OF_FILES, keys.equal("e", "t")),
        row -> taker.accept(item(Image.parse(row.getString(1)))));
  }

  /** Every image is what its digest says, or nothing is restored. */
  private long load() {
    long wanted = duck.number("SELECT count(*) FROM state");
    long[] loaded = {0};
    writing.add(
        "expected",
        table ->
            duck.ask(
                "SELECT s.cdc_digest, i.new_image FROM state s INNER JOIN lake_images i ON "
                    + OF_FILES,
                row -> {
                  append(table, item(verified(row)));
                  loaded[0]++;
                }));
    if (loaded[0] != wanted) {
      throw new LakeException(
          "Of " + wanted + " items the lake holds " + loaded[0] + " images; run fsck");
    }
    return wanted;
  }

  private static Image verified(ResultSet row) throws SQLException {
    Image image;
    try {
      image = Image.parse(row.getString(2));
    } catch (IllegalArgumentException e) {
      // The message may tell of the item.
      throw new LakeException("An image in the lake is not DynamoDB JSON; run audit");
    }
    if (!image.digest().equals(row.getString(1))) {
      throw new LakeException(
          "The image with digest "
              + row.getString(1)
              + " has another content in the lake; run audit with --repair");
    }
    return image;
  }

  private Item item(Image image) {
    Item item = image.item();
    if (without.stream().noneMatch(name -> item.attribute(name).isPresent())) {
      return item;
    }
    Map<String, Value> left = new HashMap<>(item.attributes());
    left.keySet().removeAll(without);
    return new Item(left);
  }

  private void append(DuckDBAppender table, Item item) throws SQLException {
    table.beginRow();
    keys.append(table, item);
    table.append(Image.of(item).digest()).endRow();
  }

  @Override
  public void close() {
    writing.close();
    duck.close();
  }
}
