package dev.afterbay.local.athena;

import dev.afterbay.reconciliation.audit.ComparisonContract;
import dev.afterbay.reconciliation.audit.Ground;
import dev.afterbay.reconciliation.compare.AthenaEngine;
import dev.afterbay.reconciliation.compare.Comparison;
import dev.afterbay.sinks.catalog.Site;
import dev.afterbay.sinks.catalog.SourceCatalog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.snapshots.SnapshotNotes;
import dev.afterbay.sinks.tocatalog.Registered;
import dev.afterbay.sinks.tocatalog.RegisteredTables;
import dev.afterbay.sinks.tocatalog.Registration;
import dev.afterbay.sinks.tocatalog.SitedCatalog;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;

/** Audits by Athena, with the real engine behind its API. */
class AthenaComparisonIT extends ComparisonContract {
  @TempDir static Path dir;

  private static Box box;
  private static int grounds;

  @BeforeAll
  static void open() {
    box = new Box(dir);
  }

  @AfterAll
  static void close() {
    box.close();
  }

  @Override
  protected Ground ground() {
    return new Registering("audited_" + ++grounds);
  }

  /** A lake of its own with a database of its own, registered before each audit. */
  private record Registering(String database) implements Ground {
    @Override
    public ObjectStore store() {
      return box.store();
    }

    @Override
    public Lake lake() {
      return new Lake(database);
    }

    @Override
    public Comparison.Engine engine(ObjectStore through) {
      return new AthenaEngine(
          through,
          lake(),
          new RegisteredTables(box.catalog(), database, Box.uri(lake())),
          box.queries(database, lake()));
    }

    @Override
    public void register(TableName table, List<KeyAttribute> keys) {
      SitedCatalog wanted =
          new SitedCatalog(
              SourceCatalog.of(
                  table, keys, List.of(), new SnapshotNotes(store(), lake()).all(table)),
              new Site(Box.uri(lake()), LocalDate.of(2026, 11, 20)));
      Registered unused =
          new Registration(box.catalog(), database, Optional.empty())
              .register(() -> List.of(wanted));
    }
  }
}
