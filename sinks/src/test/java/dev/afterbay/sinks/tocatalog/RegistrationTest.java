package dev.afterbay.sinks.tocatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.afterbay.sinks.catalog.CatalogTable.Format;
import dev.afterbay.sinks.catalog.CatalogView;
import dev.afterbay.sinks.catalog.PreparedQuery;
import dev.afterbay.sinks.catalog.Site;
import dev.afterbay.sinks.tocatalog.CatalogEntry.Kind;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RegistrationTest {
  private final MemoryCatalog memory = new MemoryCatalog();
  private final WatchedCatalog catalog = new WatchedCatalog(memory);
  private final MemoryViews views = new MemoryViews(memory, Shop.DATABASE);

  @Test
  void anEmptyCatalogGetsTheDatabaseTheTablesTheViewsAndTheQueries() {
    Registered registered = register(Shop.withOrders("id"));

    assertThat(registered).isEqualTo(new Registered(2, 0, 2, List.of()));
    assertThat(catalog.calls())
        .containsExactly(
            "entries",
            "createDatabase",
            "create shop_changes",
            "create orders",
            "find shop_changes",
            "update shop_changes");
    assertThat(columns("orders")).containsExactly("id");
    assertThat(entry("orders").location()).isEqualTo("s3://bucket/lake/shop/orders/");
    assertThat(views.views()).containsOnlyKeys("orders_current", "orders_removed");
    assertThat(views.queries()).containsOnlyKeys("orders_as_of");
  }

  @Test
  void aSecondWorkerOnlyLists() {
    register(Shop.withOrders("id"));
    catalog.calls();

    Registered registered = register(Shop.withOrders("id"));

    assertThat(registered).isEqualTo(Registered.NOTHING);
    assertThat(catalog.calls()).containsExactly("entries");
  }

  @Test
  void theSameWorkerDoesNotEvenList() {
    Registration registration = registration();
    registration.register(() -> List.of(Shop.withOrders("id")));
    catalog.calls();

    Registered registered = registration.register(() -> List.of(Shop.withOrders("id")));

    assertThat(registered.changedAnything()).isFalse();
    assertThat(catalog.calls()).isEmpty();
  }

  @Test
  void aNewColumnIsAddedAndTheViewsAreMadeAnew() {
    register(Shop.withOrders("id"));
    catalog.calls();

    Registered registered = register(Shop.withOrders("id", "total"));

    assertThat(registered).isEqualTo(new Registered(0, 1, 2, List.of()));
    assertThat(catalog.calls()).containsExactly("entries", "update orders", "update shop_changes");
    assertThat(columns("orders")).containsExactly("id", "total");
    assertThat(views.views().get("orders_current")).contains("SELECT id, total");
  }

  @Test
  void anEarlierDayWidensTheRangeAndALaterOneDoesNot() {
    register(Shop.withOrders("id"));

    register(Shop.withOrders(new Site("s3://bucket/lake", LocalDate.parse("2026-10-01")), "id"));
    register(Shop.withOrders(new Site("s3://bucket/lake", LocalDate.parse("2026-12-01")), "id"));

    assertThat(entry("orders").parameter("projection.dt.range")).hasValue("2026-10-01,NOW");
  }

  @Test
  void withoutAnEngineThereAreTablesAlone() {
    Registered registered =
        new Registration(catalog, Shop.DATABASE, Optional.empty())
            .register(() -> List.of(Shop.withOrders("id")));

    assertThat(registered.viewsMade()).isZero();
    assertThat(catalog.calls())
        .containsExactly("entries", "createDatabase", "create shop_changes", "create orders");
    assertThat(entry("shop_changes").parameter(Claims.VIEW_NAMES)).isEmpty();
  }

  @Test
  void viewsThatWereDroppedAreMadeAgain() {
    register(Shop.withOrders("id"));
    memory.drop(Shop.DATABASE, "orders_removed");
    catalog.calls();

    register(Shop.withOrders("id"));

    assertThat(memory.find(Shop.DATABASE, "orders_removed")).isPresent();
    assertThat(catalog.calls()).containsExactly("entries", "update shop_changes");
  }

  @Test
  void aTableThatOthersMadeIsLeftAloneAndNothingIsDone() {
    memory.put(Shop.DATABASE, foreign("orders", Kind.TABLE, Map.of()));

    CatalogException refused = refused(Shop.withOrders("id"));

    assertThat(refused.kind()).isEqualTo(CatalogException.Kind.REFUSED);
    assertThat(refused)
        .hasMessage(
            "The catalog's table 'orders' of database 'shop_db' should be the lake's, but there is"
                + " a table over s3://elsewhere/ that Afterbay did not make; choose another"
                + " database ('catalog: { database: … }'), drop what is there, or write 'catalog:"
                + " none'");
    assertThat(catalog.calls()).containsExactly("entries");
  }

  @Test
  void everythingThatIsInTheWayIsToldAtOnce() {
    memory.put(
        Shop.DATABASE,
        foreign("shop_changes", Kind.TABLE, Map.of(Site.OWNER, "s3://bucket/other")));
    memory.put(Shop.DATABASE, foreign("orders", Kind.VIEW, Map.of()));
    memory.put(Shop.DATABASE, foreign("orders_current", Kind.VIEW, Map.of()));
    memory.put(Shop.DATABASE, foreign("orders_removed", Kind.TABLE, Map.of()));

    CatalogException refused = refused(Shop.withOrders("id"));

    assertThat(String.valueOf(refused.getMessage()).lines())
        .satisfiesExactly(
            line -> assertThat(line).contains("it belongs to another lake, s3://bucket/other"),
            line -> assertThat(line).contains("'orders'", "a view that Afterbay did not make"),
            line ->
                assertThat(line)
                    .startsWith("The catalog's view 'orders_current'")
                    .contains("a view that Afterbay did not make")
                    .endsWith("or do without views ('catalog: { views: none }')"),
            line -> assertThat(line).contains("'orders_removed'", "a table over s3://elsewhere/"));
  }

  @Test
  void aForeignViewIsNotInTheWayOfTablesAlone() {
    memory.put(Shop.DATABASE, foreign("orders_current", Kind.VIEW, Map.of()));

    new Registration(catalog, Shop.DATABASE, Optional.empty())
        .register(() -> List.of(Shop.withOrders("id")));

    assertThat(columns("orders")).containsExactly("id");
  }

  @Test
  void aWorkerThatDiedBetweenTwoViewsIsFollowedByOneThatGoesOn() {
    ViewEngine dying =
        new ViewEngine() {
          @Override
          public void createOrReplace(CatalogView view) {
            if (views.views().size() == 1) {
              throw new IllegalStateException("killed");
            }
            views.createOrReplace(view);
          }

          @Override
          public void prepare(PreparedQuery query) {
            views.prepare(query);
          }

          @Override
          public String place() {
            return views.place();
          }
        };
    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                new Registration(catalog, Shop.DATABASE, Optional.of(dying))
                    .register(() -> List.of(Shop.withOrders("id"))));
    assertThat(views.views()).containsOnlyKeys("orders_current");

    register(Shop.withOrders("id"));

    assertThat(views.views()).containsOnlyKeys("orders_current", "orders_removed");
  }

  @Test
  void aColumnOfAnotherTypeIsToldAndNotTouched() {
    register(Shop.withOrders("id"));
    CatalogEntry orders = entry("orders");
    TableDefinition retyped =
        new TableDefinition(
            "orders",
            orders.comment(),
            orders.location(),
            Format.PARQUET,
            List.of(new TableColumn("id", "bigint", "Theirs")),
            orders.partitions(),
            orders.parameters());
    memory.update(Shop.DATABASE, retyped, orders.version());

    Registered registered = register(Shop.withOrders("id"));

    assertThat(registered.conflicts())
        .singleElement()
        .asString()
        .startsWith("Column 'id' of table 'orders' is string in the lake, but bigint");
    assertThat(entry("orders").columns())
        .containsExactly(new TableColumn("id", "bigint", "Theirs"));
  }

  @Test
  void columnsThatTheCatalogKnowsMakeItAskOnceMoreForWhatIsWanted() {
    register(Shop.withOrders("id", "total"));
    List<SitedCatalog> answers =
        new ArrayList<>(List.of(Shop.withOrders("id"), Shop.withOrders("id", "total", "note")));

    registration().register(() -> List.of(answers.remove(0)));

    assertThat(columns("orders")).containsExactly("id", "total", "note");
    assertThat(views.views().get("orders_current")).contains("SELECT id, total, note");
  }

  @Test
  void columnsThatNobodyKnowsStay() {
    register(Shop.withOrders("id", "by_hand"));

    Registered registered = register(Shop.withOrders("id"));

    assertThat(columns("orders")).containsExactly("id", "by_hand");
    assertThat(registered.conflicts()).isEmpty();
  }

  private Registration registration() {
    return new Registration(catalog, Shop.DATABASE, Optional.of(views));
  }

  private Registered register(SitedCatalog wanted) {
    return registration().register(() -> List.of(wanted));
  }

  private CatalogException refused(SitedCatalog wanted) {
    return catchThrowableOfType(CatalogException.class, () -> register(wanted));
  }

  private CatalogEntry entry(String name) {
    return memory.find(Shop.DATABASE, name).orElseThrow();
  }

  private List<String> columns(String table) {
    return entry(table).columns().stream().map(TableColumn::name).toList();
  }

  private static CatalogEntry foreign(String name, Kind kind, Map<String, String> parameters) {
    return new CatalogEntry(
        name, kind, "", "", "s3://elsewhere/", List.of(), List.of(), parameters);
  }
}
