package dev.afterbay.sinks.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.afterbay.sinks.faults.Call;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.faults.Reply;
import dev.afterbay.sinks.faults.Verb;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.ColumnType;
import dev.afterbay.transforms.typed.EntitySchema;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SchemaLogTest {
  private static final TableName SHOP = new TableName("Shop");
  private static final Lake LAKE = new Lake("lake");
  private static final Column TOTAL = column("Total", "decimal(12,2)");
  private static final Column NOTE = column("Note", "string");

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final SchemaLog log = new SchemaLog(store, LAKE);

  @Test
  void theFirstVersionHasTheDeclaredColumns() {
    EntitySchema first = log.declare(SHOP, "orders", List.of(TOTAL));
    EntitySchema again = log.declare(SHOP, "orders", List.of(TOTAL));

    assertThat(first.version()).isEqualTo(1);
    assertThat(again.version()).isEqualTo(1);
    assertThat(store.objects().keySet())
        .containsExactly(new ObjectKey("lake/_afterbay/schemas/shop/orders/000001.avsc"));
    assertThat(log.newest(SHOP, "orders").orElseThrow().columns()).isEqualTo(List.of(TOTAL));
    assertThat(log.newest(SHOP, "products")).isEmpty();
  }

  @Test
  void columnsAreOnlyAdded() {
    log.declare(SHOP, "orders", List.of(TOTAL));

    EntitySchema grown = log.grow(SHOP, "orders", List.of(NOTE, TOTAL));
    EntitySchema same = log.grow(SHOP, "orders", List.of(NOTE));

    assertThat(grown.version()).isEqualTo(2);
    assertThat(grown.columns()).isEqualTo(List.of(TOTAL, NOTE));
    assertThat(same.version()).isEqualTo(2);
    assertThat(log.declare(SHOP, "orders", List.of(TOTAL)).version()).isEqualTo(2);
  }

  @Test
  void whatIsDeclaredLaterIsAddedAsWell() {
    log.declare(SHOP, "orders", List.of(TOTAL));

    EntitySchema grown = log.declare(SHOP, "orders", List.of(NOTE, TOTAL));

    assertThat(grown.version()).isEqualTo(2);
    assertThat(grown.columns()).isEqualTo(List.of(TOTAL, NOTE));
  }

  @Test
  void aColumnThatTheLakeHasOtherwiseIsRefusedWithTheWayOut() {
    log.declare(SHOP, "orders", List.of(TOTAL, NOTE));
    Column wider = column("TOTAL", "bigint");

    assertThat(log.conflicts(SHOP, "orders", List.of(TOTAL))).isEmpty();
    assertThat(log.conflicts(SHOP, "invoices", List.of(wider))).isEmpty();
    assertThatExceptionOfType(SchemaConflictException.class)
        .isThrownBy(() -> log.declare(SHOP, "orders", List.of(wider, NOTE)))
        .satisfies(
            e ->
                assertThat(e.conflicts())
                    .containsExactly(
                        "Column 'TOTAL' of 'orders' is bigint of attribute 'TOTAL' in the"
                            + " configuration, but the lake has it as decimal(12,2) of attribute"
                            + " 'Total'; a column never changes: declare it as it is in the lake,"
                            + " or have the table made anew of the raw changes by 'afterbay"
                            + " rederive --entity orders'"));
    assertThat(store.objects()).hasSize(1);
  }

  @Test
  void writersThatMeetDifferentAttributesAtOnceAgreeOnOneChain() throws Exception {
    log.declare(SHOP, "orders", List.of(TOTAL));
    int writers = 8;
    int each = 10;
    ExecutorService threads = Executors.newFixedThreadPool(writers);
    try {
      List<Callable<EntitySchema>> growing = new ArrayList<>();
      for (int writer = 0; writer < writers; writer++) {
        String name = "Of" + writer + "_";
        growing.add(
            () -> {
              EntitySchema last = log.newest(SHOP, "orders").orElseThrow();
              for (int i = 0; i < each; i++) {
                last = log.grow(SHOP, "orders", List.of(column(name + i, "string")));
              }
              return last;
            });
      }
      for (Future<EntitySchema> done : threads.invokeAll(growing)) {
        done.get();
      }
    } finally {
      threads.shutdownNow();
    }

    EntitySchema newest = log.newest(SHOP, "orders").orElseThrow();
    assertThat(newest.version()).isEqualTo(1 + writers * each);
    assertThat(newest.columns()).hasSize(1 + writers * each);
    List<EntitySchema> chain =
        IntStream.rangeClosed(1, newest.version()).mapToObj(this::version).toList();
    for (int i = 1; i < chain.size(); i++) {
      assertThat(chain.get(i).columns())
          .startsWith(chain.get(i - 1).columns().toArray(Column[]::new))
          .hasSize(chain.get(i - 1).columns().size() + 1);
    }
  }

  @Test
  void aRepeatedRequestOfOurOwnIsNoOtherWriter() {
    MemoryObjectStore applied = new MemoryObjectStore();
    SchemaLog unsure = new SchemaLog(new FaultyStore(applied, new LosingAnswers()), LAKE);

    EntitySchema first = unsure.declare(SHOP, "orders", List.of(TOTAL));
    EntitySchema second = unsure.grow(SHOP, "orders", List.of(NOTE));

    assertThat(first.version()).isEqualTo(1);
    assertThat(second.version()).isEqualTo(2);
    assertThat(applied.objects()).hasSize(2);
  }

  @Test
  void aDamagedVersionIsNamed() {
    store.putIfAbsent(LAKE.schema(SHOP, "orders", 1), "{".getBytes(StandardCharsets.UTF_8));

    assertThatIllegalStateException()
        .isThrownBy(() -> log.newest(SHOP, "orders"))
        .withMessageContaining("lake/_afterbay/schemas/shop/orders/000001.avsc is damaged");
  }

  private EntitySchema version(int version) {
    byte[] text = store.get(LAKE.schema(SHOP, "orders", version)).orElseThrow();
    return EntitySchema.parse(version, new String(text, StandardCharsets.UTF_8));
  }

  private static Column column(String name, String type) {
    return new Column(name, new Column.Source.Attribute(name), ColumnType.parse(type));
  }

  /** Applies every put, and loses the answer. */
  private static final class LosingAnswers implements Disturbance {
    @Override
    public <T> T around(Call<T> call) {
      T answer = call.apply();
      return call.verb() == Verb.PUT ? call.answer(Reply.NONE) : answer;
    }
  }
}
