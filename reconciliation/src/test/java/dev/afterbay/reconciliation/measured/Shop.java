package dev.afterbay.reconciliation.measured;

import dev.afterbay.reconciliation.export.ExportClient;
import dev.afterbay.reconciliation.export.ExportPlace;
import dev.afterbay.reconciliation.export.ExportRequest;
import dev.afterbay.reconciliation.export.ExportStatus;
import dev.afterbay.reconciliation.export.Exports;
import dev.afterbay.reconciliation.export.FoundExport;
import dev.afterbay.reconciliation.export.Window;
import dev.afterbay.sinks.rows.TypedTables;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Template;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A table of orders of half a kilobyte, most of it random, and its one export. */
final class Shop {
  static final TableName TABLE = new TableName("Shop");
  static final Lake LAKE = new Lake("lake");
  static final Instant AT = Instant.parse("2026-11-21T12:00:00Z");
  static final StreamShard SHARD =
      new StreamShard(
          TABLE,
          new StreamLabel("2026-11-20T00:00:00.000"),
          new ShardId("shardId-00000001763600000000-aaaaaaaa"));
  static final List<KeyAttribute> KEYS =
      List.of(new KeyAttribute("PK", KeyType.S), new KeyAttribute("SK", KeyType.S));
  static final String ARN = "arn:aws:dynamodb:eu-west-1:123456789012:table/Shop";
  static final String EXPORT = ARN + "/export/01700000000000-00000001";
  static final ObjectKey MANIFEST = new ObjectKey("AWSDynamoDB/manifest-summary.json");
  static final ExportPlace PLACE = new ExportPlace("bucket", "");
  static final ExportRequest REQUEST = new ExportRequest(TABLE, ARN, new Window.Full(AT), PLACE);

  private static final Entity ORDERS =
      new Entity(
          "orders",
          Map.of(
              "PK", Template.parse("USER#{user_id}", '#'),
              "SK", Template.parse("ORDER#{order_id}", '#')),
          Map.of(),
          Map.of(),
          Set.of(),
          List.of(),
          true,
          Optional.empty());

  private Shop() {}

  /** Which tables its lake has. */
  enum Tables {
    RAW(List.of()),
    TYPED(List.of(ORDERS));

    private final List<Entity> entities;

    Tables(List<Entity> entities) {
      this.entities = entities;
    }

    TypedTables in(ObjectStore store) {
      return new TypedTables(
          TABLE, new ChangesTable(KEYS), entities, Protection.NONE, new SchemaLog(store, LAKE));
    }
  }

  /** A client that finds the export complete. */
  static ExportClient exports(ObjectStore store) {
    Exports exports =
        new Exports() {
          @Override
          public String start(ExportRequest request, String clientToken) {
            throw new IllegalStateException("There is no other export than the one at " + AT);
          }

          @Override
          public ExportStatus describe(String exportArn) {
            return new ExportStatus.Completed(MANIFEST, AT, 0, 0);
          }

          @Override
          public List<FoundExport> find(ExportRequest request) {
            return List.of(new FoundExport(EXPORT, describe(EXPORT)));
          }
        };
    return new ExportClient(exports, store, Duration.ofSeconds(1), interval -> {});
  }

  static Item keyOf(Item item) {
    return new Item(Map.of("PK", item.attributes().get("PK"), "SK", item.attributes().get("SK")));
  }

  static Item item(int number, Random random) {
    byte[] noise = new byte[240];
    random.nextBytes(noise);
    return new Item(
        Map.of(
            "PK", new Value.S("USER#" + number / 10),
            "SK", new Value.S("ORDER#" + number),
            "Total", new Value.N(random.nextInt(100_000) + ".25"),
            "Open", new Value.Bool(random.nextBoolean()),
            "CreatedAt", new Value.S(AT.minusSeconds(number).toString()),
            "Count", new Value.N("" + random.nextInt(50)),
            "City", new Value.S("City " + random.nextInt(500)),
            "Note", new Value.S(Base64.getEncoder().encodeToString(noise))));
  }

  /** Another version: some attributes differ, as after most writes. */
  static Item modified(Item item, int version) {
    if (version == 0) {
      return item;
    }
    Map<String, Value> attributes = new HashMap<>(item.attributes());
    attributes.put("Count", new Value.N("" + (100 + version)));
    attributes.put("City", new Value.S("City " + version));
    return new Item(attributes);
  }
}
