package dev.afterbay.consumer.config;

import dev.afterbay.transforms.change.LowerSnake;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Everything a user can set.
 *
 * @param application the name that the applications of the tables derive from
 * @param region the AWS region
 * @param endpoints where the services are, when they are not on AWS
 * @param lake where the lake is
 * @param commit when a shard's segment is committed
 * @param start where a new application starts to read
 * @param tables the source tables, at least one, no two with the same folder in the lake
 * @param http the health and metrics server
 * @param poll how shards are read
 * @param liveness when a worker that makes no progress is given up
 * @param tracing where traces of commits go
 * @param catalog which catalog holds the tables of the lake
 * @param reconciliation what exports are used for
 * @param metrics where the metrics go
 * @param decode how stream records are read
 */
public record AfterbayConfig(
    String application,
    String region,
    Endpoints endpoints,
    LakeLocation lake,
    CommitPolicy commit,
    StartPosition start,
    List<TableConfig> tables,
    HttpConfig http,
    PollConfig poll,
    LivenessConfig liveness,
    TracingConfig tracing,
    CatalogConfig catalog,
    ReconciliationConfig reconciliation,
    MetricsConfig metrics,
    Decode decode) {
  /** Copies the tables. */
  public AfterbayConfig {
    tables = List.copyOf(tables);
    if (tables.isEmpty()) {
      throw new IllegalArgumentException("A configuration names at least one table");
    }
  }

  /**
   * Reads a configuration file; variables come from the process's environment.
   *
   * @throws ConfigurationException with every mistake in the file
   */
  public static AfterbayConfig read(Path file) {
    return read(file, System.getenv());
  }

  /**
   * Reads a configuration file.
   *
   * @param environment the variables that {@code ${NAME}} stands for
   * @throws ConfigurationException with every mistake in the file
   */
  public static AfterbayConfig read(Path file, Map<String, String> environment) {
    return new ConfigurationFile(file, environment).read();
  }

  /** The configuration of one of the tables. */
  public TableConfig table(TableName name) {
    return tables.stream()
        .filter(table -> table.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("'" + name + "' is not configured"));
  }

  /** The database of the catalog, also where nobody keeps one. */
  public String database() {
    return catalog instanceof CatalogConfig.Glue glue
        ? glue.database()
        : LowerSnake.of(application);
  }

  /** The KCL application of one table, which is also the name of its lease table. */
  public String applicationOf(TableName table) {
    return applicationOf(application, table);
  }

  static String applicationOf(String application, TableName table) {
    return application + "-" + table;
  }
}
