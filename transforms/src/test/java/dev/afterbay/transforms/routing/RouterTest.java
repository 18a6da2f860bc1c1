package dev.afterbay.transforms.routing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.image.Bytes;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RouterTest {
  private static final Entity USERS = entity("users", match("USER#{user_id}", "PROFILE"), Map.of());
  private static final Entity ORDERS =
      entity("orders", match("USER#{user_id}", "ORDER#{order_id}"), Map.of());
  private static final Entity PRODUCTS =
      entity("products", Map.of("PK", Template.parse("PRODUCT#{product_id}", '#')), Map.of());

  @Test
  void anItemBelongsToTheEntityWhoseTemplatesMatchItsKey() {
    Router router = new Router(List.of(USERS, ORDERS, PRODUCTS));

    assertThat(router.route(item("USER#1", "PROFILE"))).isEqualTo(USERS);
    assertThat(router.route(item("USER#1", "ORDER#2"))).isEqualTo(ORDERS);
    assertThat(router.route(item("PRODUCT#1", "anything"))).isEqualTo(PRODUCTS);
    assertThat(router.route(item("USER#1", "CART#2"))).isNull();
    assertThat(router.route(item("USER", "PROFILE"))).isNull();
    assertThat(router.route(new Item(Map.of()))).isNull();
    assertThat(router.entities()).containsExactly(USERS, ORDERS, PRODUCTS);
  }

  @Test
  void aNumberIsMatchedByItsCanonicalTextAndBytesNever() {
    Entity numbers = entity("numbers", Map.of("id", Template.parse("1{rest}", '#')), Map.of());
    Router router = new Router(List.of(numbers));

    assertThat(router.route(new Item(Map.of("id", new Value.N("1.20e2"))))).isEqualTo(numbers);
    assertThat(router.route(new Item(Map.of("id", new Value.N("21"))))).isNull();
    assertThat(router.route(new Item(Map.of("id", new Value.B(Bytes.of(new byte[] {49, 50}))))))
        .isNull();
  }

  @Test
  void attributesMayDecide() {
    Entity orders = entity("orders", Map.of(), Map.of("type", List.of(s("order"), s("Order"))));
    Entity returns =
        entity("returns", Map.of(), Map.of("type", List.of(s("return")), "v", List.of(n("2"))));
    Router router = new Router(List.of(orders, returns));

    assertThat(router.route(new Item(Map.of("type", s("Order"))))).isEqualTo(orders);
    assertThat(router.route(new Item(Map.of("type", s("return"), "v", n("2.0")))))
        .isEqualTo(returns);
    assertThat(router.route(new Item(Map.of("type", s("return"), "v", s("2"))))).isNull();
    assertThat(router.route(new Item(Map.of("v", n("2"))))).isNull();
  }

  @Test
  void anEntityWithoutConditionsTakesEveryItem() {
    Entity all = entity("all", Map.of(), Map.of());

    assertThat(new Router(List.of(all)).route(new Item(Map.of()))).isEqualTo(all);
    assertThat(new Router(List.of()).route(item("USER#1", "PROFILE"))).isNull();
  }

  @Test
  void overlapsNameBothEntitiesAndAKeyOfBoth() {
    Entity things = entity("things", match("USER#{id}", "{kind}#{rest*}"), Map.of());
    Entity all = entity("all", Map.of(), Map.of());

    assertThat(Router.overlaps(List.of(USERS, ORDERS, PRODUCTS))).isEmpty();
    assertThat(Router.overlaps(List.of(USERS, ORDERS, things)))
        .containsExactly(new Router.Overlap(ORDERS, things, "PK: \"USER#1\", SK: \"ORDER#1\""));
    assertThat(Router.overlaps(List.of(PRODUCTS, all)))
        .containsExactly(new Router.Overlap(PRODUCTS, all, "PK: \"PRODUCT#1\""));
    assertThat(Router.overlaps(List.of(all, all)))
        .containsExactly(new Router.Overlap(all, all, "any item"));
  }

  @Test
  void conditionsThatCannotBothHoldKeepEntitiesApart() {
    Map<String, Template> match = match("USER#{id}", "ORDER#{id}");
    Entity orders = entity("orders", match, Map.of("type", List.of(s("order"), s("both"))));
    Entity returns = entity("returns", match, Map.of("type", List.of(s("return"))));
    Entity both = entity("both", match, Map.of("type", List.of(s("both"), n("5"))));
    Entity first = entity("first", match, Map.of("version", List.of(n("1"))));

    assertThat(Router.overlaps(List.of(orders, returns))).isEmpty();
    assertThat(Router.overlaps(List.of(orders, both)))
        .extracting(Router.Overlap::example)
        .containsExactly("PK: \"USER#1\", SK: \"ORDER#1\", type: \"both\"");
    assertThat(Router.overlaps(List.of(returns, first)))
        .extracting(Router.Overlap::example)
        .containsExactly("PK: \"USER#1\", SK: \"ORDER#1\", type: \"return\", version: 1");
  }

  @Test
  void aConditionOnAKeyIsHeldAgainstTheTemplatesToo() {
    Entity me = entity("me", Map.of(), Map.of("PK", List.of(s("USER#me"), s("x"))));
    Entity flags = entity("flags", Map.of(), Map.of("PK", List.of(new Value.Bool(true))));

    assertThat(Router.overlaps(List.of(USERS, me)))
        .extracting(Router.Overlap::example)
        .containsExactly("PK: \"USER#me\", SK: \"PROFILE\"");
    assertThat(Router.overlaps(List.of(PRODUCTS, me))).isEmpty();
    assertThat(Router.overlaps(List.of(PRODUCTS, flags))).isEmpty();
  }

  @Test
  void theIndexFindsWhatTryingEveryEntityWouldFind() {
    int routed = 0;
    for (long seed = 0; seed < 2_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<Entity> entities = new ArrayList<>();
      for (int i = 0; i < 12; i++) {
        Entity next = random(random, "e" + i);
        entities.add(next);
        if (!Router.overlaps(entities).isEmpty()) {
          entities.remove(next);
        }
      }
      Router router = new Router(entities);
      for (int i = 0; i < 20; i++) {
        Item item = item(text(random), text(random));
        List<Entity> takers = new ArrayList<>(entities);
        takers.removeIf(entity -> !new Conditions(entity).hold(item.attributes()));
        assertThat(takers).as("seed %d", seed).hasSizeLessThan(2);
        routed += takers.size();
        assertThat(router.route(item))
            .as("seed %d", seed)
            .isEqualTo(takers.isEmpty() ? null : takers.get(0));
      }
    }
    assertThat(routed).isGreaterThan(1_000);
  }

  private static Entity random(SplittableRandom random, String name) {
    Map<String, Template> match = new HashMap<>();
    if (random.nextInt(4) > 0) {
      match.put("PK", RandomTemplates.next(random));
    }
    if (random.nextInt(4) > 0) {
      match.put("SK", RandomTemplates.next(random));
    }
    return entity(
        name,
        match,
        random.nextInt(4) > 0 ? Map.of() : Map.of("PK", List.of(s(text(random)), s("a"))));
  }

  private static String text(SplittableRandom random) {
    return RandomTemplates.text(random, 1 + random.nextInt(4));
  }

  private static Entity entity(
      String name, Map<String, Template> match, Map<String, List<Value>> where) {
    return new Entity(name, match, where, Map.of(), Set.of(), List.of(), true, Optional.empty());
  }

  private static Map<String, Template> match(String partition, String sort) {
    Map<String, Template> match = new LinkedHashMap<>();
    match.put("PK", Template.parse(partition, '#'));
    match.put("SK", Template.parse(sort, '#'));
    return match;
  }

  private static Item item(String partition, String sort) {
    return new Item(Map.of("PK", s(partition), "SK", s(sort)));
  }

  private static Value s(String text) {
    return new Value.S(text);
  }

  private static Value n(String number) {
    return new Value.N(number);
  }
}
