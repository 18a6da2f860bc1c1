package dev.afterbay.local.athena;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.image.Item;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Holds what an engine says of the orders of a month against what happened to them. */
final class States {
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);
  private static final Instant NOW = Instant.MAX;

  /** Before it, changes count that a snapshot may lack. */
  private static final Duration OVERLAP = Duration.ofMinutes(5);

  private final Optional<Instant> base;
  private final History shop;
  private final Sql sql;

  States(MonthLake month, Sql sql) {
    this.base = month.base();
    this.shop = month.shop();
    this.sql = sql;
  }

  /** Every order as it is now. */
  void current() {
    assertThat(orders(sql.ask("SELECT * FROM orders_current"))).isEqualTo(expected(NOW));
  }

  /** The orders that are gone, as they last were; those that a snapshot lacks are forgotten. */
  void removed() {
    List<Map<String, String>> rows = sql.ask("SELECT * FROM orders_removed");

    List<ChangeEvent> removals =
        shop.keys(History.sortKey("ORDER#")).stream()
            .flatMap(key -> shop.last(key, NOW).stream())
            .filter(event -> event.operation() == Operation.REMOVE)
            .filter(
                event -> base.filter(event.approximateCreation().plus(OVERLAP)::isBefore).isEmpty())
            .toList();
    assertThat(removals).isNotEmpty();
    assertThat(orders(rows))
        .isEqualTo(
            removals.stream()
                .map(event -> order(Objects.requireNonNull(event.oldImage()).item()))
                .collect(Collectors.toCollection(TreeSet::new)));
    assertThat(rows).extracting(row -> row.get("cdc_ttl")).containsOnly("false");
  }

  /** Every version of every order, each valid until the next one. */
  void history() {
    List<Map<String, String>> rows =
        sql.ask("SELECT * FROM orders_history ORDER BY cdc_key, cdc_version");

    assertThat(rows).hasSize(shop.changes(History.sortKey("ORDER#")).size());
    for (int i = 0; i < rows.size(); i++) {
      Map<String, String> row = rows.get(i);
      boolean last =
          i + 1 == rows.size()
              || !Objects.equals(rows.get(i + 1).get("cdc_key"), row.get("cdc_key"));
      assertThat(row.get("cdc_valid_to"))
          .isEqualTo(last ? "null" : rows.get(i + 1).get("cdc_valid_from"));
    }
  }

  /**
   * Orders at seconds, both drawn at random: some are not made yet, some are gone.
   *
   * @return how many pairs were compared
   */
  int asOf(int seconds, int keysEach, long seed) {
    Random random = new Random(seed);
    List<ChangeEvent> changes = shop.changes(History.sortKey("ORDER#"));
    List<String> keys = shop.keys(History.sortKey("ORDER#"));
    int compared = 0;
    for (int i = 0; i < seconds; i++) {
      Instant near = changes.get(random.nextInt(changes.size())).approximateCreation();
      Instant second = near.plus(Duration.ofSeconds(random.nextInt(3) - 1L));
      List<Map<String, String>> rows = sql.asOf("orders_as_of", MOMENT.format(second));
      assertThat(orders(rows)).as("at %s", second).isEqualTo(expected(second));
      for (int k = 0; k < keysEach; k++) {
        String key = keys.get(random.nextInt(keys.size()));
        List<String> found =
            rows.stream().filter(row -> key.equals(row.get("cdc_key"))).map(States::order).toList();
        assertThat(found)
            .as("%s at %s", key, second)
            .isEqualTo(shop.at(key, second).stream().map(States::order).toList());
        compared++;
      }
    }
    return compared;
  }

  private TreeSet<String> expected(Instant second) {
    return shop.at(second, History.sortKey("ORDER#")).stream()
        .map(States::order)
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private static TreeSet<String> orders(List<Map<String, String>> rows) {
    return rows.stream().map(States::order).collect(Collectors.toCollection(TreeSet::new));
  }

  private static String order(Map<String, String> row) {
    List<String> values = new ArrayList<>();
    for (String column :
        List.of("user_id", "order_id", "status", "total", "createdat", "paidat", "shippedat")) {
      values.add(row.get(column));
    }
    return String.join(" ", values);
  }

  private static String order(Item item) {
    return String.join(
        " ",
        History.text(item, "PK").replace("USER#", ""),
        History.text(item, "SK").replace("ORDER#", ""),
        History.text(item, "Status"),
        new BigDecimal(History.text(item, "Total"))
            .setScale(2, RoundingMode.UNNECESSARY)
            .toString(),
        nullable(item, "CreatedAt"),
        nullable(item, "PaidAt"),
        nullable(item, "ShippedAt"));
  }

  private static String nullable(Item item, String attribute) {
    String text = History.text(item, attribute);
    return text.isEmpty() ? "null" : text;
  }
}
