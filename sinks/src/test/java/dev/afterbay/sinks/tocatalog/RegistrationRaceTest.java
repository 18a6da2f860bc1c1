package dev.afterbay.sinks.tocatalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.catalog.CatalogView;
import dev.afterbay.sinks.catalog.PreparedQuery;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Workers of one lake that are at the same catalog at the same time. */
class RegistrationRaceTest {
  private final MemoryCatalog memory = new MemoryCatalog();
  private final MemoryViews views = new MemoryViews(memory, Shop.DATABASE);

  @Test
  void oneWhoGrewAColumnMeanwhileIsNotUndone() {
    register(memory, Shop.withOrders("id"));
    WatchedCatalog slow = new WatchedCatalog(memory);
    slow.before(once("update orders", () -> register(memory, Shop.withOrders("id", "total"))));

    register(slow, Shop.withOrders("id", "note"));

    assertThat(columns()).containsExactly("id", "total", "note");
    assertThat(slow.calls()).contains("find orders");
  }

  @Test
  void oneWhoCreatedTheTableMeanwhileIsNotUndone() {
    WatchedCatalog slow = new WatchedCatalog(memory);
    slow.before(once("create orders", () -> register(memory, Shop.withOrders("id", "total"))));

    register(slow, Shop.withOrders("id", "note"));

    assertThat(columns()).containsExactly("id", "total", "note");
  }

  @Test
  void oneWhoDroppedTheTableMeanwhileGetsItBack() {
    register(memory, Shop.withOrders("id"));
    WatchedCatalog slow = new WatchedCatalog(memory);
    slow.before(once("update orders", () -> memory.drop(Shop.DATABASE, "orders")));

    register(slow, Shop.withOrders("id", "note"));

    assertThat(columns()).containsExactly("id", "note");
  }

  /**
   * The slow worker decided on old columns; before each step of its, the other one comes with newer
   * ones, which the schema log then has for all.
   */
  @Test
  void whoeverComesWithOlderColumnsLeavesNoOlderViews() {
    memory.createDatabase(Shop.DATABASE);
    List<String> steps = new ArrayList<>();
    WatchedCatalog recorded = new WatchedCatalog(memory);
    ViewEngine recordedViews = new SlowViews(steps::add);
    new Registration(recorded, Shop.DATABASE, Optional.of(recordedViews))
        .register(() -> List.of(Shop.withOrders("id")));
    int count = recorded.calls().size() + steps.size();

    for (int step = 0; step < count; step++) {
      memory.entries(Shop.DATABASE).orElseThrow().stream()
          .map(CatalogEntry::name)
          .forEach(name -> memory.drop(Shop.DATABASE, name));
      SchemaOfAll schema = new SchemaOfAll();
      Countdown fast =
          new Countdown(
              step,
              () -> {
                schema.newest = Shop.withOrders("id", "total");
                register(memory, schema.newest);
              });
      WatchedCatalog slow = new WatchedCatalog(memory);
      slow.before(call -> fast.tick());
      new Registration(slow, Shop.DATABASE, Optional.of(new SlowViews(call -> fast.tick())))
          .register(() -> List.of(schema.newest));

      assertThat(fast.done).as("step %s", step).isTrue();
      assertThat(columns()).as("step %s", step).containsExactly("id", "total");
      assertThat(views.views().values())
          .as("step %s", step)
          .allMatch(sql -> sql.contains("SELECT id, total"));
      assertThat(views.queries().values())
          .as("step %s", step)
          .allMatch(sql -> sql.contains("SELECT id, total"));
      assertThat(entry("shop_changes").parameter(ViewDigest.VIEWS))
          .as("step %s", step)
          .hasValue(ViewDigest.of(schema.newest.catalog(), "memory"));
    }
  }

  @Test
  void manyWhoStartAtOnceAndGrowAtOnceLoseNothing() throws Exception {
    long seed = 20261121;
    SplittableRandom random = new SplittableRandom(seed);
    for (int round = 0; round < 100; round++) {
      memory.entries(Shop.DATABASE).orElse(List.of()).stream()
          .map(CatalogEntry::name)
          .forEach(name -> memory.drop(Shop.DATABASE, name));
      int workers = 2 + random.nextInt(6);
      SchemaOfAll schema = new SchemaOfAll();
      CyclicBarrier start = new CyclicBarrier(workers);
      List<Callable<Registered>> all = new ArrayList<>();
      for (int worker = 0; worker < workers; worker++) {
        String column = "c" + worker;
        all.add(
            () -> {
              Registration registration =
                  new Registration(memory, Shop.DATABASE, Optional.of(views));
              start.await();
              registration.register(schema::wanted);
              schema.grow(column);
              return registration.register(schema::wanted);
            });
      }
      run(all);

      assertThat(new TreeSet<>(columns()))
          .as("round %s of seed %s", round, seed)
          .isEqualTo(new TreeSet<>(schema.columns));
      assertThat(entry("shop_changes").parameter(ViewDigest.VIEWS))
          .as("round %s of seed %s", round, seed)
          .hasValue(ViewDigest.of(schema.wanted().get(0).catalog(), "memory"));
      assertThat(views.views().get("orders_current"))
          .as("round %s of seed %s", round, seed)
          .contains("SELECT " + String.join(", ", schema.columns) + " FROM");
    }
  }

  private static void run(List<Callable<Registered>> workers) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(workers.size());
    try {
      for (Future<Registered> done : threads.invokeAll(workers)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }
  }

  private static Consumer<String> once(String call, Runnable action) {
    List<Runnable> left = new ArrayList<>(List.of(action));
    return made -> {
      if (made.equals(call) && !left.isEmpty()) {
        left.remove(0).run();
      }
    };
  }

  private void register(Catalog catalog, SitedCatalog wanted) {
    new Registration(catalog, Shop.DATABASE, Optional.of(views)).register(() -> List.of(wanted));
  }

  private CatalogEntry entry(String name) {
    return memory.find(Shop.DATABASE, name).orElseThrow();
  }

  private List<String> columns() {
    return entry("orders").columns().stream().map(TableColumn::name).toList();
  }

  /** What a schema log has, which all ask. */
  private static final class SchemaOfAll {
    private final List<String> columns = new ArrayList<>(List.of("id"));
    private SitedCatalog newest = Shop.withOrders("id");

    synchronized void grow(String column) {
      columns.add(column);
      newest = Shop.withOrders(columns.toArray(String[]::new));
    }

    synchronized List<SitedCatalog> wanted() {
      return Collections.singletonList(newest);
    }
  }

  /** Acts once, after so many steps. */
  private static final class Countdown {
    private final Runnable action;
    private int left;
    private boolean done;

    Countdown(int left, Runnable action) {
      this.left = left;
      this.action = action;
    }

    void tick() {
      if (left-- == 0) {
        done = true;
        action.run();
      }
    }
  }

  /** Lets others act before each view and query. */
  private final class SlowViews implements ViewEngine {
    private final Consumer<String> before;

    SlowViews(Consumer<String> before) {
      this.before = before;
    }

    @Override
    public void createOrReplace(CatalogView view) {
      before.accept(view.name());
      views.createOrReplace(view);
    }

    @Override
    public void prepare(PreparedQuery query) {
      before.accept(query.name());
      views.prepare(query);
    }

    @Override
    public String place() {
      return views.place();
    }
  }
}
