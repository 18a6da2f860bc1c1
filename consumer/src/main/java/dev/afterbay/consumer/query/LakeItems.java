package dev.afterbay.consumer.query;

import dev.afterbay.sinks.catalog.SourceCatalog;
import dev.afterbay.transforms.change.ChangeColumn;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The items that the raw changes of a table tell of, each version of them. */
public final class LakeItems {
  private final LakeQuery lake;

  /** The items of a lake. */
  public LakeItems(LakeQuery lake) {
    this.lake = lake;
  }

  /**
   * Gives out the items as they were after each change, and removed ones as they last were.
   *
   * @param limit about how many; of more, a random part
   * @return how many there were
   */
  public long each(TableName table, long limit, Consumer<Item> items) {
    long all = count(table);
    String sample =
        all <= limit
            ? ""
            : String.format(
                Locale.ROOT, " USING SAMPLE %.6f PERCENT (bernoulli, 1)", 100.0 * limit / all);
    Images images = new Images(items);
    lake.ask(
        "SELECT coalesce(new_image, old_image) AS image FROM "
            + SourceCatalog.changesOf(table)
            + sample,
        images);
    return images.count;
  }

  /** Whether there is any change of a table. */
  public boolean any(TableName table) {
    return lake.tables().contains(SourceCatalog.changesOf(table)) && count(table) > 0;
  }

  /** The key attributes of a table that has changes, the partition key first. */
  public List<String> keys(TableName table) {
    List<String> columns =
        lake.rows("SELECT * FROM " + SourceCatalog.changesOf(table) + " LIMIT 0").columns();
    return columns.subList(
        columns.indexOf(ChangeColumn.CDC_OLD_DIGEST.columnName()) + 1,
        columns.indexOf(ChangeColumn.NEW_IMAGE.columnName()));
  }

  private long count(TableName table) {
    Object counted = lake.rows("SELECT count(*) FROM " + SourceCatalog.changesOf(table)).only();
    return counted instanceof Number number ? number.longValue() : 0;
  }

  private static final class Images implements Answer {
    private final Consumer<Item> items;
    private long count;

    Images(Consumer<Item> items) {
      this.items = items;
    }

    @Override
    public void begin(List<Column> columns) {}

    @Override
    public void row(List<@Nullable Object> cells) {
      Object image = cells.get(0);
      if (image != null) {
        items.accept(Image.parse(image.toString()).item());
        count++;
      }
    }

    @Override
    public void end() {}
  }
}
