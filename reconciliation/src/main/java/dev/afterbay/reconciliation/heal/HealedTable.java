package dev.afterbay.reconciliation.heal;

import dev.afterbay.reconciliation.export.ExportPlace;
import dev.afterbay.sinks.rows.RowMaker;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.util.List;
import java.util.function.Supplier;

/**
 * A source table whose gaps are to be healed.
 *
 * @param table its name
 * @param tableArn its ARN
 * @param keys the partition key, then the sort key if there is one
 * @param protection what is left of its sensitive attributes in the lake
 * @param rows makes rows of origin HEAL of what is protected already; asked for only if there are
 *     any
 * @param place where exports go
 */
public record HealedTable(
    TableName table,
    String tableArn,
    List<KeyAttribute> keys,
    Protection protection,
    Supplier<RowMaker> rows,
    ExportPlace place) {
  /** Copies the keys. */
  public HealedTable {
    keys = List.copyOf(keys);
  }
}
