package dev.afterbay.consumer.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Router;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import dev.afterbay.transforms.toavro.TypedTable;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.EntitySchema;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The configurations in {@code docs/examples}, each with items of the design that it shows. */
class ExamplesTest {
  private static final Path FOLDER = Path.of("..", "docs", "examples");
  private static final StreamShard SHARD =
      new StreamShard(
          new TableName("Sample"),
          new StreamLabel("2026-11-21T00:00:00.000"),
          new ShardId("shardId-00000000000000000001"));
  private static final Secrets SECRETS =
      Secrets.ofEnvironment(
          Map.of("AFTERBAY_HASH_KEY", "0123456789abcdef"),
          other -> {
            throw new IllegalStateException("asked for " + other.text());
          });

  /** A file, a table in it with its keys, an item of the table, and the row that it becomes. */
  static Stream<Arguments> samples() {
    return Stream.of(
        sample(
            "one-to-many E-commerce-Data PK SK",
            """
            {"PK":{"S":"USER#ada"},"SK":{"S":"PROFILE"},"Name":{"S":"Ada"},
             "Newsletter":{"BOOL":true},"CreatedAt":{"S":"2026-11-02T08:15:00Z"}}""",
            "user_profiles: user_id=ada, Name=Ada, Newsletter=true, CreatedAt=1793607300000000"),
        sample(
            "one-to-many E-commerce-Data PK SK",
            """
            {"PK":{"S":"USER#ada"},"SK":{"S":"ORDER#1001"},"Status":{"S":"PAID"},
             "Total":{"N":"66.90"},"CreatedAt":{"S":"2026-11-06"},
             "Lines":{"L":[{"M":{"Product":{"S":"mug"},"Quantity":{"N":"2"}}}]}}""",
            "orders: user_id=ada, order_id=1001, Status=PAID, Total={\"N\":\"66.9\"},"
                + " CreatedAt=20763,"
                + " Lines={\"L\":[{\"M\":{\"Product\":{\"S\":\"mug\"},\"Quantity\":{\"N\":\"2\"}}}]}"),
        sample(
            "one-to-many E-commerce-Data PK SK",
            """
            {"PK":{"S":"USER#ada"},"SK":{"S":"ORDER#o1001"},"Total":{"N":"0.125"}}""",
            "orders: user_id=ada, extra {\"Total\":{\"N\":\"0.125\"}}"),
        sample(
            "one-to-many E-commerce-Data PK SK",
            """
            {"PK":{"S":"USER#ada"},"SK":{"S":"CART#1"}}""",
            "no entity"),
        sample(
            "many-to-many-mirror E-commerce-Data PK SK",
            """
            {"PK":{"S":"USER#ada"},"SK":{"S":"PRODUCT#lamp"},"Note":{"S":"for the desk"},
             "AddedAt":{"S":"2026-11-04T10:00:00+01:00"}}""",
            "wishes: user_id=ada, product_id=lamp, AddedAt=1793782800000000, Note=for the desk,"
                + " extra {\"AddedAt\":{\"S\":\"2026-11-04T10:00:00+01:00\"}}"),
        sample(
            "many-to-many-mirror E-commerce-Data PK SK",
            """
            {"PK":{"S":"PRODUCT#lamp"},"SK":{"S":"USER#ada"}}""",
            "mirror of wishes"),
        sample(
            "e-commerce-data E-commerce-Data PK SK",
            """
            {"PK":{"S":"USER#ada"},"SK":{"S":"ORDER#o1001"},"Status":{"S":"PENDING"},
             "Total":{"N":"66.90"}}""",
            "orders: user_id=ada, order_id=o1001, Status=PENDING, Total={\"N\":\"66.9\"}"),
        sample(
            "task-app TaskApp PK SK",
            """
            {"PK":{"S":"USER#u123"},"SK":{"S":"TASK#t1"},"Title":{"S":"Paint"},
             "Due":{"S":"2026-11-30"},"Version":{"N":"2"},"GSI1PK":{"S":"STATUS#open"}}""",
            "tasks: user_id=u123, task_id=t1, Title=Paint, Due=20787, Version=2"),
        sample(
            "multi-table Users UserId",
            """
            {"UserId":{"S":"ada"},"Email":{"S":"ada@example.com"},"Plan":{"S":"free"}}""",
            "users: UserId=ada, Email=ada@example.com, extra {\"Plan\":{\"S\":\"free\"}}"),
        sample(
            "multi-table Orders UserId OrderId:N",
            """
            {"UserId":{"S":"ada"},"OrderId":{"N":"9007199254740993"},"Total":{"N":"1"}}""",
            "orders: UserId=ada, OrderId=9007199254740993, Total={\"N\":\"1\"}"),
        sample(
            "multi-table Products ProductId",
            """
            {"ProductId":{"S":"mug"},"Title":{"S":"Mug"},"Price":{"N":"8.5"},
             "Tags":{"SS":["tea","cup"]}}""",
            "products: ProductId=mug, Title=Mug, Price={\"N\":\"8.5\"},"
                + " Tags={\"SS\":[\"cup\",\"tea\"]}"),
        sample(
            "hierarchical-sort-key Places PK SK",
            """
            {"PK":{"S":"COUNTRY#FR"},"SK":{"S":"STATE#ARA#CITY#Lyon#17"},
             "Street":{"S":"Rue X"}}""",
            "stores: country=FR, state=ARA, city=Lyon, store_id=17, Street=Rue X"),
        sample(
            "hierarchical-sort-key Places PK SK",
            """
            {"PK":{"S":"DRIVE#d#1"},"SK":{"S":"/photos/2026/a.jpg"},"Bytes":{"N":"7"}}""",
            "files: drive=d#1, path=photos/2026/a.jpg, Bytes=7"),
        sample(
            "overloaded-gsi TaskApp PK SK",
            """
            {"PK":{"S":"USER#u1"},"SK":{"S":"TASK#t1"},"Title":{"S":"Report"},
             "Due":{"S":"2026-11-20"},"GSI1PK":{"S":"STATUS#OPEN"},"GSI1SK":{"S":"DUE#2026-11-20"},
             "GSI2PK":{"S":"TEAM#a"}}""",
            "tasks: user_id=u1, task_id=t1, status=OPEN, Title=Report, Due=20777, GSI2PK=TEAM#a"),
        sample(
            "overloaded-gsi TaskApp PK SK",
            """
            {"PK":{"S":"USER#u1"},"SK":{"S":"TASK#t2"},"GSI1PK":{"S":"ARCHIVE"}}""",
            "tasks: user_id=u1, task_id=t2, extra {\"GSI1PK\":{\"S\":\"ARCHIVE\"}}"),
        sample(
            "sparse-attributes Readings PK SK",
            """
            {"PK":{"S":"EVENT#2026-11-21"},"SK":{"S":"AT#2026-11-21T10:00:00Z"},
             "Celsius":{"N":"-3.5"},"Wind":{"S":"NE"}}""",
            "readings: day=20778, at=1795255200000000, Celsius={\"N\":\"-3.5\"},"
                + " extra {\"Wind\":{\"S\":\"NE\"}}"),
        sample(
            "version-attribute Documents PK SK",
            """
            {"PK":{"S":"DOC#1"},"SK":{"S":"META"},"Version":{"N":"42"},"Title":{"S":"Draft"}}""",
            "documents: doc_id=1, Version=42, Title=Draft"),
        sample(
            "ttl-attribute TaskApp PK SK",
            """
            {"PK":{"S":"USER#u1"},"SK":{"S":"SESSION#s1"},"Device":{"S":"phone"},
             "ExpiresAt":{"N":"1795255200"}}""",
            "sessions: user_id=u1, session_id=s1, Device=phone, ExpiresAt=1795255200000000"),
        sample(
            "adjacency-list Billing PK SK",
            """
            {"PK":{"S":"INVOICE#i1"},"SK":{"S":"INVOICE#i1"},"IssuedOn":{"S":"2026-11-21"}}""",
            "invoices: invoice_id=i1, same_invoice_id=i1, IssuedOn=20778"),
        sample(
            "adjacency-list Billing PK SK",
            """
            {"PK":{"S":"INVOICE#i1"},"SK":{"S":"BILL#b1"},"Share":{"N":"0.25"}}""",
            "invoice_bills: invoice_id=i1, bill_id=b1, Share={\"N\":\"0.25\"}"),
        sample(
            "adjacency-list Billing PK SK",
            """
            {"PK":{"S":"BILL#b1"},"SK":{"S":"BILL#b1"},"Amount":{"N":"12"}}""",
            "bills: bill_id=b1, same_bill_id=b1, Amount={\"N\":\"12\"}"),
        sample(
            "changing-entity Deals PK",
            """
            {"PK":{"S":"DEAL#7"},"type":{"S":"quote"},"Chance":{"N":"0.5"}}""",
            "prospects: deal_id=7, Chance=0.5, extra {\"type\":{\"S\":\"quote\"}}"),
        sample(
            "changing-entity Deals PK",
            """
            {"PK":{"S":"DEAL#7"},"type":{"S":"order"},"Total":{"N":"99.99"}}""",
            "orders: deal_id=7, Total={\"N\":\"99.99\"}, extra {\"type\":{\"S\":\"order\"}}"),
        sample(
            "changing-entity Deals PK",
            """
            {"PK":{"S":"DEAL#7"},"type":{"S":"lost"}}""",
            "no entity"),
        sample(
            "sensitive-attributes Accounts PK",
            """
            {"PK":{"S":"USER#ada"},"Email":{"S":"a@b.c"},"Phone":{"N":"17"},
             "Password":{"S":"secret"},"Plan":{"S":"free"}}""",
            "accounts: user_id=ada,"
                + " Email=c109b3db234f2de2f3e461ad736fc7bd5666052d3d87719c18988abf61663aa7,"
                + " Phone=***, Plan=free"),
        sample(
            "avro-schema E-commerce-Data PK SK",
            """
            {"PK":{"S":"PRODUCT#mug"},"SK":{"S":"DETAILS"},"Title":{"S":"Mug"},
             "Price":{"N":"8.5"},"Stock":{"N":"240"},"Tags":{"SS":["tea"]}}""",
            "products: product_id=mug, Title=Mug, Price={\"N\":\"8.5\"}, Stock=240,"
                + " Tags={\"SS\":[\"tea\"]}"));
  }

  private static Arguments sample(String where, String item, String row) {
    return Arguments.of(where, item, row);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void anItemOfTheDesignBecomesARowOfItsEntity(String where, String json, String expected) {
    Sample sample = Sample.of(where, json);

    assertThat(sample.config.problemsWith(sample.keys)).isEmpty();
    assertThat(sample.row()).isEqualTo(expected);
  }

  @ParameterizedTest
  @MethodSource("samples")
  void theRowGivesBackTheItem(String where, String json) {
    Sample sample = Sample.of(where, json);
    Entity entity = sample.entity();
    if (entity == null || entity.mirrorOf().isPresent()) {
      return;
    }
    TypedTable table = new TypedTable(entity, EntitySchema.first("e", entity.declaredColumns()));
    Map<String, Value> kept = new HashMap<>(sample.image().item().attributes());
    kept.keySet().removeAll(entity.omit());

    assertThat(table.item(sample.encoded(table))).isEqualTo(new Item(kept));
  }

  @Test
  void everyExampleHasItsItems() throws IOException {
    Set<String> shown =
        samples()
            .map(sample -> sample.get()[0].toString().replaceAll(" .*", ".yaml"))
            .collect(Collectors.toCollection(TreeSet::new));

    try (Stream<Path> files = Files.list(FOLDER)) {
      assertThat(
              files
                  .map(file -> file.getFileName().toString())
                  .filter(name -> !name.endsWith(".avsc")))
          .containsExactlyInAnyOrderElementsOf(shown);
    }
  }

  @Test
  void anItemWhoseTypeChangesLeavesOneEntityAndEntersAnother() {
    String where = "changing-entity Deals PK";
    Sample before = Sample.of(where, "{\"PK\":{\"S\":\"DEAL#7\"},\"type\":{\"S\":\"quote\"}}");
    Sample after = Sample.of(where, "{\"PK\":{\"S\":\"DEAL#7\"},\"type\":{\"S\":\"order\"}}");

    assertThat(before.entity()).extracting(Entity::name).isEqualTo("prospects");
    assertThat(after.entity()).extracting(Entity::name).isEqualTo("orders");
  }

  /** An item in its table. */
  private record Sample(TableConfig config, List<KeyAttribute> keys, ChangeEvent event) {
    static Sample of(String where, String json) {
      List<String> words = List.of(where.split(" ", -1));
      TableConfig config =
          AfterbayConfig.read(FOLDER.resolve(words.get(0) + ".yaml"), Map.of()).tables().stream()
              .filter(table -> table.name().value().equals(words.get(1)))
              .findFirst()
              .orElseThrow();
      List<KeyAttribute> keys =
          words.subList(2, words.size()).stream()
              .map(
                  key ->
                      key.endsWith(":N")
                          ? new KeyAttribute(key.replace(":N", ""), KeyType.N)
                          : new KeyAttribute(key, KeyType.S))
              .toList();
      Image image = Image.parse(json);
      Map<String, Value> key = new HashMap<>(image.item().attributes());
      key.keySet().retainAll(keys.stream().map(KeyAttribute::name).toList());
      ChangeEvent event =
          new ChangeEvent(
              Operation.INSERT,
              Instant.EPOCH,
              SequenceNumber.parse("7"),
              "e",
              false,
              Image.of(new Item(key)),
              image,
              null);
      return new Sample(config, keys, config.protection(SECRETS).protect(event));
    }

    Image image() {
      Image image = event.newImage();
      assertThat(image).isNotNull();
      return image;
    }

    @Nullable Entity entity() {
      return new Router(config.entities()).route(image().item());
    }

    GenericRecord encoded(TypedTable table) {
      return table
          .row(
              SHARD,
              event,
              Instant.EPOCH,
              new TypedTable.Sight(Operation.INSERT, event.newImage(), null))
          .row();
    }

    /** The entity, and of its row what is not null. */
    String row() {
      Entity entity = entity();
      if (entity == null) {
        return "no entity";
      }
      if (entity.mirrorOf().isPresent()) {
        return "mirror of " + entity.mirrorOf().get();
      }
      TypedTable table =
          new TypedTable(entity, EntitySchema.first(entity.name(), entity.declaredColumns()));
      GenericRecord row = encoded(table);
      String cells =
          table.schema().columns().stream()
              .filter(column -> row.get(column.name()) != null)
              .map(column -> column.name() + "=" + cell(column, row.get(column.name())))
              .collect(Collectors.joining(", "));
      Object extra = row.get(EntitySchema.CDC_EXTRA);
      return entity.name() + ": " + cells + (extra == null ? "" : ", extra " + extra);
    }

    private static String cell(Column column, Object content) {
      if (content instanceof CharSequence
          || content instanceof Number
          || content instanceof Boolean) {
        return content.toString();
      }
      StringBuilder json = new StringBuilder();
      column.type().valueOf(content).appendTo(json);
      return json.toString();
    }
  }
}
