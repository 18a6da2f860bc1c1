package dev.afterbay.transforms.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.RandomItems;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.routing.Proposal.ProposedEntity;
import dev.afterbay.transforms.typed.EntitySchema;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Items are DynamoDB JSON, with ' for its quotes. */
class DiscoveryTest {
  private static final List<String> KEYS = List.of("PK", "SK");

  @Test
  void aShopInASingleTable() {
    Proposal proposal =
        propose(
            "E-commerce-Data",
            KEYS,
            """
            {'PK':{'S':'USER#ada'},'SK':{'S':'PROFILE'},'Name':{'S':'Ada'},'Newsletter':{'BOOL':true},
             'Addresses':{'M':{'home':{'M':{'City':{'S':'Lyon'},'Zip':{'S':'69001'}}}}},
             'CreatedAt':{'S':'2026-11-02T08:15:00Z'}}
            {'PK':{'S':'USER#boris'},'SK':{'S':'PROFILE'},'Name':{'S':'Boris'},
             'CreatedAt':{'S':'2026-11-03T19:40:12Z'}}
            {'PK':{'S':'PRODUCT#lamp'},'SK':{'S':'DETAILS'},'Price':{'N':'49.9'},'Stock':{'N':'12'},
             'Tags':{'SS':['light','desk']}}
            {'PK':{'S':'PRODUCT#chair'},'SK':{'S':'DETAILS'},'Price':{'N':'189'},'Stock':{'N':'3'},
             'Sizes':{'NS':['44','48.5']},'Discontinued':{'NULL':true}}
            {'PK':{'S':'USER#ada'},'SK':{'S':'PRODUCT#lamp'},'AddedAt':{'S':'2026-11-04T10:00:00Z'}}
            {'PK':{'S':'PRODUCT#lamp'},'SK':{'S':'USER#ada'},'AddedAt':{'S':'2026-11-04T10:00:00Z'}}
            {'PK':{'S':'USER#ada'},'SK':{'S':'ORDER#o1001'},'Status':{'S':'PAID'},
             'Total':{'N':'66.9'},'CreatedAt':{'S':'2026-11-06'},
             'Lines':{'L':[{'M':{'Product':{'S':'lamp'},'Quantity':{'N':'1'}}}]}}
            """);

    assertThat(proposal.toYaml(4))
        .isEqualTo(
            """
                entities:
                  - name: user_profiles  # 2 items
                    match: { PK: "USER#{user_id}", SK: "PROFILE" }
                    columns:
                      Addresses: "struct<home: struct<City: string, Zip: string>>"
                      CreatedAt: timestamp
                      Name: string
                      Newsletter: boolean
                  - name: products  # 2 items
                    match: { PK: "PRODUCT#{product_id}", SK: "DETAILS" }
                    columns:
                      Price: decimal(18,2)
                      Stock: bigint
                      Tags: "set<string>"
                      Sizes: "set<decimal(18,2)>"
                  - name: user_products  # 1 item
                    match: { PK: "USER#{user_id}", SK: "PRODUCT#{product_id}" }
                    columns:
                      AddedAt: timestamp
                  - name: product_users  # 1 item
                    match: { PK: "PRODUCT#{product_id}", SK: "USER#{user_id}" }
                    mirror-of: user_products
                  - name: orders  # 1 item
                    match: { PK: "USER#{user_id}", SK: "ORDER#{order_id}" }
                    columns:
                      CreatedAt: date
                      Lines: "array<struct<Product: string, Quantity: bigint>>"
                      Status: string
                      Total: decimal(18,2)
            """);
    assertRoutesAll(proposal);
  }

  @Test
  void tasksWithAnIndexAndSessionsThatExpire() {
    Proposal proposal =
        propose(
            "TaskApp",
            KEYS,
            """
            {'PK':{'S':'USER#u123'},'SK':{'S':'PROFILE'},'Version':{'N':'1'}}
            {'PK':{'S':'USER#u123'},'SK':{'S':'SESSION#s900'},'GSI1PK':{'S':'SESSIONS'},
             'GSI1SK':{'S':'SESSION#s900'},'ExpiresAt':{'N':'1795240680'}}
            {'PK':{'S':'USER#u123'},'SK':{'S':'TASK#t001'},'Due':{'S':'2026-11-20'}}
            {'PK':{'S':'USER#u123'},'SK':{'S':'TASK#t002'},'GSI1PK':{'S':'STATUS#OPEN'},
             'GSI1SK':{'S':'DUE#2026-11-25'}}
            {'PK':{'S':'USER#u123'},'SK':{'S':'TASK#t003'},'GSI1PK':{'S':'STATUS#STARTED'},
             'GSI1SK':{'S':'DUE#2026-11-26'}}
            """,
            Set.of("user_profiles"));

    assertThat(proposal.entities())
        .extracting(ProposedEntity::name)
        .containsExactly("task_app_user_profiles", "sessions", "tasks");
    assertThat(proposal.entities().get(1).capture())
        .isEqualTo(Map.of("GSI1SK", "SESSION#{gsi1_session}"));
    assertThat(proposal.entities().get(1).columns())
        .isEqualTo(Map.of("GSI1PK", "string", "ExpiresAt", "bigint"));
    assertThat(proposal.entities().get(2).capture())
        .isEqualTo(Map.of("GSI1PK", "STATUS#{gsi1_status}", "GSI1SK", "DUE#{gsi1_due}"));
    assertThat(proposal.entities().get(2).columns()).isEqualTo(Map.of("Due", "date"));
    assertRoutesAll(proposal);
  }

  @Test
  void anIndexKeyThatIsNotAlwaysOfOneShapeIsAnOrdinaryColumn() {
    Proposal proposal =
        propose(
            "t",
            KEYS,
            """
            {'PK':{'S':'USER#1'},'SK':{'S':'TASK#1'},'GSI1PK':{'S':'STATUS#OPEN'}}
            {'PK':{'S':'USER#1'},'SK':{'S':'TASK#2'},'GSI1PK':{'S':'TEAM#OPEN'}}
            """);

    assertThat(proposal.entities().get(0).capture()).isEmpty();
    assertThat(proposal.entities().get(0).columns()).isEqualTo(Map.of("GSI1PK", "string"));
  }

  @Test
  void hierarchicalSortKeysGiveAnEntityForEachDepth() {
    Proposal proposal =
        propose(
            "places",
            KEYS,
            """
            {'PK':{'S':'COUNTRY#FR'},'SK':{'S':'METADATA'}}
            {'PK':{'S':'COUNTRY#FR'},'SK':{'S':'REGION#IDF'}}
            {'PK':{'S':'COUNTRY#FR'},'SK':{'S':'REGION#IDF#CITY#Paris'}}
            {'PK':{'S':'COUNTRY#FR'},'SK':{'S':'REGION#IDF#CITY#Paris#STORE#17'}}
            {'PK':{'S':'COUNTRY#FR'},'SK':{'S':'REGION#IDF#SUMMARY'}}
            """);

    assertThat(matches(proposal))
        .containsExactly(
            "countries {PK=COUNTRY#{country_id}, SK=METADATA}",
            "regions {PK=COUNTRY#{country_id}, SK=REGION#{region_id}}",
            "cities {PK=COUNTRY#{country_id}, SK=REGION#{region_id}#CITY#{city_id}}",
            "stores {PK=COUNTRY#{country_id},"
                + " SK=REGION#{region_id}#CITY#{city_id}#STORE#{store_id}}",
            "region_summaries {PK=COUNTRY#{country_id}, SK=REGION#{region_id}#SUMMARY}");
    assertRoutesAll(proposal);
  }

  @Test
  void adjacencyListsHaveNodesAndEdges() {
    Proposal proposal =
        propose(
            "graph",
            KEYS,
            """
            {'PK':{'S':'INVOICE#1'},'SK':{'S':'INVOICE#1'}}
            {'PK':{'S':'INVOICE#1'},'SK':{'S':'BILL#7'}}
            {'PK':{'S':'BILL#7'},'SK':{'S':'BILL#7'}}
            {'PK':{'S':'USER#1'},'SK':{'S':'FOLLOWS#USER#2'}}
            """);

    assertThat(matches(proposal))
        .containsExactly(
            "invoices {PK=INVOICE#{invoice_id}, SK=INVOICE#{invoice_id_2}}",
            "invoice_bills {PK=INVOICE#{invoice_id}, SK=BILL#{bill_id}}",
            "bills {PK=BILL#{bill_id}, SK=BILL#{bill_id_2}}",
            "follows {PK=USER#{user_id}, SK=FOLLOWS#{follows_id}#{follows_id_2}}");
    assertRoutesAll(proposal);
  }

  @Test
  void aTableWithoutShapesIsOneEntityWhoseKeysAreColumns() {
    Proposal orders =
        propose(
            "Orders",
            List.of("order_id"),
            """
            {'order_id':{'S':'8c1f'},'Total':{'N':'1.5'}}
            {'order_id':{'S':'9d#2'},'Total':{'N':'2'}}
            """);
    Proposal readings =
        propose(
            "Readings", List.of("sensor", "at"), "{'sensor':{'N':'7'},'at':{'N':'1795240680'}}");

    assertThat(orders.toYaml(0))
        .isEqualTo(
            """
            entities:
              - name: orders  # 2 items
                columns:
                  order_id: string
                  Total: decimal(18,2)
            """);
    assertThat(readings.entities().get(0).columns())
        .isEqualTo(Map.of("sensor", "bigint", "at", "bigint"));
    assertRoutesAll(orders);
    assertRoutesAll(readings);
  }

  @Test
  void numericKeysAreCaptured() {
    Proposal proposal =
        propose(
            "events",
            List.of("PK", "at"),
            """
            {'PK':{'S':'DEVICE#a1'},'at':{'N':'1795240680'}}
            {'PK':{'S':'SITE#b2'},'at':{'N':'1795240681'}}
            """);

    assertThat(matches(proposal))
        .containsExactly(
            "device_items {PK=DEVICE#{device_id}, at={at}}",
            "site_items {PK=SITE#{site_id}, at={at}}");
    assertRoutesAll(proposal);
  }

  @Test
  void manyWordsInOnePlaceAreData() {
    Proposal proposal =
        propose(
            "t",
            KEYS,
            IntStream.range(0, 3_000).mapToObj(i -> "USER#" + i + " " + word(i % 500)).toList());

    assertThat(matches(proposal)).containsExactly("user_items {PK=USER#{user_id}, SK={sk}}");
    assertRoutesAll(proposal);
  }

  @Test
  void aFewWordsInOnePlaceAreKindsOfItems() {
    Proposal proposal =
        propose(
            "t",
            KEYS,
            IntStream.range(0, 3_000).mapToObj(i -> "USER#" + i + " " + word(i % 5)).toList());

    assertThat(proposal.entities()).hasSize(5);
    assertRoutesAll(proposal);
  }

  @Test
  void patternsThatShareAKeyBecomeOne() {
    Proposal proposal =
        propose("t", KEYS, List.of("USER#1 PROFILE", "USER#1 2026-11-21", "USER#1 ORDER#1"));

    assertThat(matches(proposal))
        .containsExactly(
            "user_items {PK=USER#{user_id}, SK={sk}}",
            "orders {PK=USER#{user_id}, SK=ORDER#{order_id}}");
    assertRoutesAll(proposal);
  }

  @Test
  void anotherDelimiterIsFound() {
    Proposal proposal = propose("t", KEYS, List.of("USER|1 ORDER|1", "USER|2 PROFILE"));

    assertThat(proposal.toYaml(0))
        .isEqualTo(
            """
            entities:
              - name: orders  # 1 item
                match: { PK: "USER|{user_id}", SK: "ORDER|{order_id}" }
                delimiter: "|"
              - name: user_profiles  # 1 item
                match: { PK: "USER|{user_id}", SK: "PROFILE" }
                delimiter: "|"
            """);
    assertRoutesAll(proposal);
  }

  @Test
  void aMirrorIsOneOnlyIfItRepeatsTheOther() {
    Proposal proposal =
        propose(
            "t", KEYS, List.of("USER#1 ORDER#1", "USER#1 ORDER#2", "ORDER#7 USER#8", "X#1 Y#2"));

    assertThat(proposal.entities()).allMatch(entity -> entity.mirrorOf().isEmpty());
  }

  @Test
  void namesThatAreTakenGiveWay() {
    Proposal proposal =
        propose(
            "t",
            KEYS,
            """
            {'PK':{'S':'USER#1'},'SK':{'S':'CHANGES'},'user_id':{'S':'1'},'a b':{'N':'1'},
             'a_b':{'N':'1'},'A_B':{'N':'1'},'cdc_x':{'N':'1'},'no':{'N':'1'},'"\\\\':{'N':'1'}}
            """
                .replace("'\"", "'\\\""));

    assertThat(proposal.toYaml(0))
        .isEqualTo(
            """
            entities:
              - name: user_changes_items  # 1 item
                match: { PK: "USER#{key_user_id}", SK: "CHANGES" }
                columns:
                  "\\"\\\\": bigint
                  A_B: bigint
                  "no": bigint
                  user_id: string
            """);
    assertRoutesAll(proposal);
  }

  @Test
  void anItemWithoutItsKeysIsCountedAndShown() {
    Proposal proposal = propose("t", KEYS, "{'PK':{'S':'USER#1'},'x':{'N':'1'}}");

    assertThat(proposal.entities()).isEmpty();
    assertThat(proposal.unrouted()).isEqualTo(1);
    assertThat(proposal.examples()).containsExactly("{\"PK\":{\"S\":\"USER#1\"}}");
    assertThat(proposal.toYaml(2)).isEqualTo("  entities: []\n");
  }

  @Test
  void arbitraryKeysAreAllRoutedByEntitiesThatDoNotOverlap() {
    for (long seed = 1; seed <= 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      RandomItems items = RandomItems.seeded(seed);
      List<IntFunction<String>> parts =
          List.of(i -> "USER", i -> "ORDER", i -> word(i), i -> "x" + i, i -> items.text());
      Discovery discovery = new Discovery("t", KEYS);
      for (int i = 0; i < 400; i++) {
        Map<String, Value> attributes = new HashMap<>();
        if (i % 4 == 0) {
          attributes.putAll(items.next().attributes());
        }
        for (String key : KEYS) {
          StringBuilder text = new StringBuilder();
          for (int part = random.nextInt(3); part >= 0; part--) {
            text.append(parts.get(random.nextInt(parts.size())).apply(random.nextInt(90)));
            text.append(part > 0 ? "#" : "");
          }
          attributes.put(key, new Value.S(text.isEmpty() ? "x" : text.toString()));
        }
        discovery.add(new Item(attributes));
      }

      assertRoutesAll(discovery.propose(Set.of()));
    }
  }

  private static void assertRoutesAll(Proposal proposal) {
    List<Entity> entities = proposal.entities().stream().map(ProposedEntity::entity).toList();
    assertThat(proposal.unrouted()).isZero();
    assertThat(proposal.examples()).isEmpty();
    assertThat(Router.overlaps(entities)).isEmpty();
    entities.forEach(entity -> EntitySchema.first(entity.name(), entity.declaredColumns()));
    assertThat(proposal.entities().stream().mapToLong(ProposedEntity::items).sum())
        .isEqualTo(proposal.items());
  }

  private static List<String> matches(Proposal proposal) {
    return proposal.entities().stream()
        .map(entity -> entity.name() + " " + entity.match())
        .toList();
  }

  private static String word(int number) {
    return "W" + (char) ('A' + number / 26 % 26) + (char) ('A' + number % 26);
  }

  private static Proposal propose(String table, List<String> keys, String items) {
    return propose(table, keys, items, Set.of());
  }

  /** Each item begins in the first column of a line. */
  private static Proposal propose(
      String table, List<String> keys, String items, Set<String> taken) {
    Discovery discovery = new Discovery(table, keys);
    for (String item : items.split("\n(?=\\{)", -1)) {
      discovery.add(Image.parse(item.replace('\'', '"')).item());
    }
    return discovery.propose(taken);
  }

  /** Keys as two words. */
  private static Proposal propose(String table, List<String> keys, List<String> items) {
    Discovery discovery = new Discovery(table, keys);
    for (String item : items) {
      int space = item.indexOf(' ');
      discovery.add(
          new Item(
              Map.of(
                  keys.get(0), new Value.S(item.substring(0, space)),
                  keys.get(1), new Value.S(item.substring(space + 1)))));
    }
    return discovery.propose(Set.of());
  }
}
