package dev.afterbay.consumer.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.sinks.catalog.CatalogColumn;
import dev.afterbay.sinks.catalog.CatalogTable;
import dev.afterbay.sinks.catalog.Site;
import dev.afterbay.sinks.catalog.SourceCatalog;
import dev.afterbay.sinks.tocatalog.Catalog;
import dev.afterbay.sinks.tocatalog.CatalogEntry;
import dev.afterbay.sinks.tocatalog.CatalogException;
import dev.afterbay.sinks.tocatalog.CreateAnswer;
import dev.afterbay.sinks.tocatalog.MemoryCatalog;
import dev.afterbay.sinks.tocatalog.Registration;
import dev.afterbay.sinks.tocatalog.SitedCatalog;
import dev.afterbay.sinks.tocatalog.TableColumn;
import dev.afterbay.sinks.tocatalog.TableDefinition;
import dev.afterbay.sinks.tocatalog.UpdateAnswer;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.avro.Schema;
import org.junit.jupiter.api.Test;

final class TableCatalogTest {
  private static final CatalogException DOWN =
      new CatalogException(CatalogException.Kind.UNAVAILABLE, "nobody there");
  private static final CatalogException DENIED =
      new CatalogException(CatalogException.Kind.REFUSED, "access denied; allow glue:GetTables");

  private final MemoryCatalog memory = new MemoryCatalog();
  private final ManualTimer timer = new ManualTimer();
  private final List<String> columns = new ArrayList<>(List.of("cdc_op"));
  private final List<String> told = new ArrayList<>();
  private Optional<RuntimeException> failure = Optional.empty();
  private Optional<ObjectStoreException> listing = Optional.empty();
  private String snapshots = "none";
  private Runnable during = () -> {};
  private int calls;

  @Test
  void theStartRegistersTheTables() {
    catalog().start();

    assertThat(registered()).containsExactly("cdc_op");
    assertThat(told).containsExactly("behind", "up to date");
  }

  @Test
  void whatIsRefusedAtTheStartFailsIt() {
    failure = Optional.of(DENIED);

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> catalog().start())
        .withMessage("access denied; allow glue:GetTables");
  }

  @Test
  void aModelThatCannotBeInACatalogFailsTheStart() {
    failure = Optional.of(new IllegalArgumentException("The key 'a:b' cannot be a column"));

    assertThatExceptionOfType(Failure.class)
        .isThrownBy(() -> catalog().start())
        .withMessage("The key 'a:b' cannot be a column");
  }

  @Test
  void aCatalogThatIsDownAtTheStartIsAskedAgainWithGrowingDelays() {
    failure = Optional.of(DOWN);

    catalog().start();

    assertThat(calls).isEqualTo(1);
    timer.pass(TableCatalog.FIRST_RETRY);
    assertThat(calls).isEqualTo(2);
    timer.pass(TableCatalog.FIRST_RETRY);
    assertThat(calls).isEqualTo(2);
    timer.pass(TableCatalog.FIRST_RETRY);
    assertThat(calls).isEqualTo(3);
    assertThat(told).doesNotContain("up to date");

    failure = Optional.empty();
    timer.pass(Duration.ofSeconds(20));

    assertThat(registered()).containsExactly("cdc_op");
    assertThat(told).endsWith("up to date");
  }

  @Test
  void evenAfterDaysACatalogThatIsDownIsAskedEveryTenMinutes() {
    failure = Optional.of(DOWN);
    catalog().start();
    timer.pass(Duration.ofDays(3));
    int before = calls;

    timer.pass(TableCatalog.LONGEST_RETRY.multipliedBy(6));

    assertThat(calls - before).isBetween(6, 8);
  }

  @Test
  void aStartThatTakesTooLongGoesOnBesideAndThenFailsNothing() {
    timer.hold();
    failure = Optional.of(DENIED);
    TableCatalog slow = catalog(Duration.ofMillis(1));

    assertThatCode(slow::start).doesNotThrowAnyException();
    timer.pass(Duration.ZERO);

    assertThat(calls).isEqualTo(1);
    assertThat(told).doesNotContain("up to date");
    failure = Optional.empty();
    timer.pass(TableCatalog.FIRST_RETRY);
    assertThat(told).endsWith("up to date");
  }

  @Test
  void aBurstOfGrowthIsRegisteredTogetherAndSoon() {
    TableCatalog catalog = catalog();
    catalog.start();
    int before = calls;

    columns.add("color");
    catalog.changed();
    assertThat(told).endsWith("behind");
    timer.pass(Duration.ofSeconds(1));
    columns.add("size");
    catalog.changed();
    catalog.changed();
    timer.pass(TableCatalog.SOON);

    assertThat(registered()).containsExactly("cdc_op", "color", "size");
    assertThat(calls - before).isEqualTo(1);
    assertThat(told).endsWith("up to date");
  }

  @Test
  void growthWhileTheCatalogIsDownMakesNoMoreCalls() {
    failure = Optional.of(DOWN);
    TableCatalog catalog = catalog();
    catalog.start();
    timer.pass(Duration.ofHours(2));
    int before = calls;

    for (int second = 0; second < 60; second++) {
      catalog.changed();
      timer.pass(Duration.ofSeconds(1));
    }

    assertThat(calls - before).isLessThanOrEqualTo(1);
  }

  @Test
  void growthDuringARegistrationIsRegisteredAfterIt() {
    TableCatalog catalog = catalog();
    catalog.start();
    columns.add("color");
    catalog.changed();
    during =
        () -> {
          during = () -> {};
          columns.add("size");
          catalog.changed();
        };

    timer.pass(TableCatalog.SOON);
    assertThat(told).endsWith("behind");
    timer.pass(TableCatalog.SOON);

    assertThat(registered()).containsExactly("cdc_op", "color", "size");
    assertThat(told).endsWith("up to date");
  }

  @Test
  void columnsThatCameByOtherWaysAreFoundWithinAnHour() {
    catalog().start();
    columns.add("color");

    timer.pass(TableCatalog.LOOK);

    assertThat(registered()).containsExactly("cdc_op", "color");
  }

  @Test
  void nothingChangedCostsNoCall() {
    catalog().start();
    int before = calls;

    timer.pass(TableCatalog.LOOK.multipliedBy(24));

    assertThat(calls).isEqualTo(before);
    assertThat(told).containsOnlyOnce("behind");
  }

  @Test
  void aNewSnapshotIsRegisteredWithinMinutesAndOnlyOnce() {
    catalog().start();
    int before = calls;
    columns.add("of the snapshot");
    listing =
        Optional.of(new ObjectStoreException(ObjectStoreException.Kind.UNAVAILABLE, "no answer"));
    timer.pass(TableCatalog.LOOK_FOR_SNAPSHOTS);
    listing = Optional.empty();
    snapshots = "one";

    timer.pass(TableCatalog.LOOK_FOR_SNAPSHOTS.multipliedBy(4));

    assertThat(registered()).containsExactly("cdc_op", "of the snapshot");
    assertThat(calls - before).isEqualTo(1);
    assertThat(told).endsWith("up to date");
  }

  private TableCatalog catalog() {
    return catalog(Duration.ofSeconds(15));
  }

  private TableCatalog catalog(Duration patience) {
    return new TableCatalog(
        new Registration(new UnwellCatalog(), "shop", Optional.empty()),
        this::wanted,
        () -> {
          if (listing.isPresent()) {
            throw listing.get();
          }
          return snapshots;
        },
        new CatalogObserver() {
          @Override
          public void upToDate() {
            told.add("up to date");
          }

          @Override
          public void behind() {
            told.add("behind");
          }
        },
        timer,
        patience,
        () -> {});
  }

  private List<SitedCatalog> wanted() {
    SourceCatalog catalog =
        new SourceCatalog(
            new TableName("Shop"),
            List.of(
                new CatalogTable(
                    "shop_changes",
                    "shop/changes",
                    "All changes",
                    CatalogTable.Format.PARQUET,
                    columns.stream()
                        .map(name -> new CatalogColumn(name, Schema.create(Schema.Type.STRING), ""))
                        .toList(),
                    Optional.empty())),
            List.of(),
            List.of());
    return List.of(
        new SitedCatalog(catalog, new Site("s3://bucket/lake", LocalDate.parse("2026-11-19"))));
  }

  private List<String> registered() {
    return memory.find("shop", "shop_changes").orElseThrow().columns().stream()
        .map(TableColumn::name)
        .toList();
  }

  /** Fails if it is told to. */
  private final class UnwellCatalog implements Catalog {
    @Override
    public Optional<List<CatalogEntry>> entries(String database) {
      calls++;
      if (failure.isPresent()) {
        throw failure.get();
      }
      during.run();
      return memory.entries(database);
    }

    @Override
    public Optional<CatalogEntry> find(String database, String name) {
      return memory.find(database, name);
    }

    @Override
    public void createDatabase(String database) {
      memory.createDatabase(database);
    }

    @Override
    public CreateAnswer create(String database, TableDefinition table) {
      return memory.create(database, table);
    }

    @Override
    public UpdateAnswer update(String database, TableDefinition table, String version) {
      return memory.update(database, table, version);
    }
  }
}
