package dev.afterbay.local.athena;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.query.SourceTable;
import dev.afterbay.sinks.tocatalog.SitedCatalog;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;

/** A small table that is written item by item; nobody declared its columns. */
final class SingleItems {
  private static final Instant NOW = Instant.now().truncatedTo(ChronoUnit.SECONDS);

  private final Box box;
  private final TableName table;
  private final KeyAttribute key;
  private final AfterbayConfig config;
  private final ShardWriter writer;
  private int written;

  /**
   * A table whose partition key has this name.
   *
   * @param entity that takes all items, as in a configuration, such as {@code name: orders}; empty
   *     for the raw changes alone
   */
  SingleItems(Box box, Path dir, String table, String key, String entity) throws IOException {
    this.box = box;
    this.table = new TableName(table);
    this.key = new KeyAttribute(key, KeyType.S);
    this.config = config(dir, table, entity.isEmpty() ? "" : "{ " + entity + " }");
    this.writer =
        ShardWriter.open(
            box.store(),
            Box.LAKE,
            this.table,
            List.of(this.key),
            config.table(this.table).entities(),
            dir.resolve("scratch"),
            () -> NOW);
  }

  private static AfterbayConfig config(Path dir, String table, String entities) throws IOException {
    Path file = Files.createTempFile(dir, "config", ".yaml");
    Files.writeString(
        file,
        """
        application: single
        region: us-east-1
        lake: s3://afterbay/lake
        tables: [{ name: %s, entities: [%s] }]
        """
            .formatted(table, entities));
    return AfterbayConfig.read(file, Map.of());
  }

  /** Writes an item in a commit of its own; the attributes are DynamoDB JSON. */
  void write(String keyValue, String attributes) {
    String keys = "\"%s\":{\"S\":\"%s\"}".formatted(key.name(), keyValue);
    Image image = Image.parse("{" + keys + (attributes.isEmpty() ? "" : "," + attributes) + "}");
    writer.commit(
        List.of(
            new ChangeEvent(
                Operation.INSERT,
                NOW,
                SequenceNumber.parse(Integer.toString(++written)),
                "event-" + written,
                false,
                Image.parse("{" + keys + "}"),
                image,
                null)));
  }

  /** What {@code afterbay query} is to show. */
  List<SourceTable> sources() {
    return SourceTable.of(config);
  }

  /** What the worker wants registered, by the schema log as it is now. */
  SitedCatalog catalog() {
    return box.catalogs(config, List.of(key)).get(0);
  }
}
