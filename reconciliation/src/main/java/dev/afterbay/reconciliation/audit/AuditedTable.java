package dev.afterbay.reconciliation.audit;

import dev.afterbay.reconciliation.compare.KeyColumns;
import dev.afterbay.reconciliation.export.ExportPlace;
import dev.afterbay.reconciliation.export.ExportRequest;
import dev.afterbay.reconciliation.export.Window;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * A source table that is audited.
 *
 * @param table its name
 * @param tableArn its ARN
 * @param keys its key attributes
 * @param tables its tables of the lake, with what is left of sensitive attributes
 * @param place where its exports go
 */
public record AuditedTable(
    TableName table,
    String tableArn,
    List<KeyAttribute> keys,
    TypedTables tables,
    ExportPlace place) {
  /** Copies the keys. */
  public AuditedTable {
    keys = List.copyOf(keys);
  }

  KeyColumns columns() {
    return new KeyColumns(keys);
  }

  ExportRequest export(Instant at) {
    return new ExportRequest(table, tableArn, new Window.Full(at), place);
  }

  /** An exported item as the lake would have it. */
  Image inLake(Item item) {
    Set<String> names = keys.stream().map(KeyAttribute::name).collect(Collectors.toSet());
    return tables.protection().protect(Image.of(item), names);
  }
}
