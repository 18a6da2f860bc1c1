package dev.afterbay.sinks.tocatalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.afterbay.sinks.catalog.CatalogTable.Format;
import dev.afterbay.sinks.tocatalog.CatalogEntry.Kind;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every catalog must do, so that the registration can rely on it. */
public abstract class CatalogContract {
  private static final TableColumn ID = new TableColumn("id", "string", "Which one");
  private static final TableColumn TOTAL = new TableColumn("total", "decimal(12,2)", "");
  private static final TableColumn DAY = new TableColumn("dt", "string", "Day");

  /** A name that no other test uses. */
  private final String database =
      "contract_" + UUID.randomUUID().toString().replace("-", "").substring(0, 12);

  /** The catalog under test, in which any database may stand. */
  protected abstract Catalog catalog();

  @Test
  void anAbsentDatabaseHasNoEntries() {
    assertThat(catalog().entries(database)).isEmpty();
    assertThat(catalog().find(database, "orders")).isEmpty();
  }

  @Test
  void aDatabaseIsCreatedOnce() {
    catalog().createDatabase(database);
    catalog().create(database, table("orders", ID));

    catalog().createDatabase(database);

    assertThat(catalog().entries(database).orElseThrow())
        .extracting(CatalogEntry::name)
        .containsExactly("orders");
  }

  @Test
  void aTableIsNotCreatedInAnAbsentDatabase() {
    assertThatExceptionOfType(CatalogException.class)
        .isThrownBy(() -> catalog().create(database, table("orders", ID)))
        .satisfies(e -> assertThat(e.kind()).isEqualTo(CatalogException.Kind.UNAVAILABLE))
        .withMessageContaining(database);
  }

  @Test
  void aTableIsCreatedWhereTheNameIsFree() {
    catalog().createDatabase(database);
    TableDefinition orders = table("orders", ID, TOTAL);

    CreateAnswer answer = catalog().create(database, orders);

    assertThat(answer).isEqualTo(CreateAnswer.CREATED);
    CatalogEntry found = found("orders");
    assertThat(found)
        .usingRecursiveComparison()
        .ignoringFields("version")
        .isEqualTo(
            new CatalogEntry(
                "orders",
                Kind.TABLE,
                "",
                orders.comment(),
                orders.location(),
                orders.columns(),
                orders.partitions(),
                orders.parameters()));
    assertThat(catalog().entries(database)).isEqualTo(Optional.of(List.of(found)));
  }

  @Test
  void aTableOfFilesOfJsonIsCreatedToo() {
    catalog().createDatabase(database);
    TableDefinition log =
        new TableDefinition(
            "log",
            "The log",
            "s3://bucket/lake/log/",
            Format.JSON_LINES,
            List.of(ID),
            List.of(),
            Map.of());

    catalog().create(database, log);

    assertThat(found("log").columns()).containsExactly(ID);
    assertThat(found("log").partitions()).isEmpty();
  }

  @Test
  void aTakenNameIsLeftAlone() {
    catalog().createDatabase(database);
    catalog().create(database, table("orders", ID));
    CatalogEntry before = found("orders");

    CreateAnswer answer = catalog().create(database, table("orders", TOTAL));

    assertThat(answer).isEqualTo(CreateAnswer.OCCUPIED);
    assertThat(found("orders")).isEqualTo(before);
  }

  @Test
  void anUpdateThatNamesTheVersionIsDone() {
    catalog().createDatabase(database);
    catalog().create(database, table("orders", ID));
    CatalogEntry before = found("orders");

    UpdateAnswer answer =
        catalog()
            .update(database, table("orders", ID, TOTAL).with("more", "yes"), before.version());

    assertThat(answer).isEqualTo(UpdateAnswer.UPDATED);
    CatalogEntry after = found("orders");
    assertThat(after.columns()).containsExactly(ID, TOTAL);
    assertThat(after.partitions()).containsExactly(DAY);
    assertThat(after.parameter("more")).hasValue("yes");
    assertThat(after.version()).isNotEqualTo(before.version());
  }

  @Test
  void anUpdateOfAnotherVersionIsNotDone() {
    catalog().createDatabase(database);
    catalog().create(database, table("orders", ID));
    String old = found("orders").version();
    catalog().update(database, table("orders", ID, TOTAL), old);

    UpdateAnswer answer = catalog().update(database, table("orders", ID), old);

    assertThat(answer).isEqualTo(UpdateAnswer.OUTRUN);
    assertThat(found("orders").columns()).containsExactly(ID, TOTAL);
  }

  @Test
  void anAbsentTableIsNotUpdated() {
    catalog().createDatabase(database);

    UpdateAnswer answer = catalog().update(database, table("orders", ID), "0");

    assertThat(answer).isEqualTo(UpdateAnswer.OUTRUN);
    assertThat(catalog().find(database, "orders")).isEmpty();
  }

  @Test
  void ofManyUpdatesAtOnceExactlyOneIsDone() throws Exception {
    catalog().createDatabase(database);
    catalog().create(database, table("orders", ID));
    String version = found("orders").version();
    ExecutorService writers = Executors.newFixedThreadPool(8);
    try {
      List<Callable<UpdateAnswer>> updates = new ArrayList<>();
      for (int writer = 0; writer < 8; writer++) {
        TableDefinition table = table("orders", ID).with("writer", "writer " + writer);
        updates.add(() -> catalog().update(database, table, version));
      }
      List<UpdateAnswer> answers = new ArrayList<>();
      for (Future<UpdateAnswer> answer : writers.invokeAll(updates)) {
        answers.add(answer.get());
      }

      assertThat(Collections.frequency(answers, UpdateAnswer.UPDATED)).isEqualTo(1);
      assertThat(found("orders").parameter("writer"))
          .hasValue("writer " + answers.indexOf(UpdateAnswer.UPDATED));
    } finally {
      writers.shutdownNow();
    }
  }

  @Test
  void aListingHasAllEntriesHoweverManyThereAre() {
    catalog().createDatabase(database);
    List<String> names = IntStream.range(0, 120).mapToObj("t%03d"::formatted).toList();
    names.forEach(name -> catalog().create(database, table(name, ID)));

    assertThat(catalog().entries(database).orElseThrow())
        .extracting(CatalogEntry::name)
        .containsExactlyInAnyOrderElementsOf(names);
  }

  private CatalogEntry found(String name) {
    return catalog().find(database, name).orElseThrow();
  }

  private static TableDefinition table(String name, TableColumn... columns) {
    return new TableDefinition(
        name,
        "All " + name,
        "s3://bucket/lake/" + name + "/",
        Format.PARQUET,
        List.of(columns),
        List.of(DAY),
        Map.of("classification", "parquet", "afterbay.lake", "s3://bucket/lake"));
  }
}
