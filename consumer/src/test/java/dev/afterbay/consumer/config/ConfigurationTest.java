package dev.afterbay.consumer.config;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConfigurationTest {
  private static final String SHORT =
      """
      application: shop
      region: us-east-1
      lake: s3://afterbay/lake
      tables: [ { name: TaskApp } ]
      """;

  @TempDir Path dir;

  @Test
  void everyKeyOfTheFileArrivesInTheTree() throws IOException {
    AfterbayConfig config =
        read(
            """
            application: shop
            region: eu-west-1
            endpoints:
              dynamodb: http://127.0.0.1:8000
              s3: http://127.0.0.1:9000
              secrets-manager: http://127.0.0.1:9001
              glue: http://127.0.0.1:9002
              athena: http://127.0.0.1:9003
            lake: s3://afterbay/lake/one/
            commit: { max-age: 500ms, max-bytes: 1GiB, max-records: 1_000 }
            start: latest
            tables:
              - name: E-commerce-Data
                entities: []
              - name: TaskApp
            http: { port: 0 }
            poll: { idle-latency: 30s }
            liveness: { patience: 90s }
            tracing: otlp
            decode: reference
            metrics: { cloudwatch: emf }
            catalog:
              database: my_shop
              workgroup: lake.readers
              query-results: s3://results/athena/
              views: athena
            exports: s3://exports/of/shop
            audit: { every: 24h, engine: athena }
            heal: manual
            """,
            Map.of());

    assertThat(config)
        .isEqualTo(
            new AfterbayConfig(
                "shop",
                "eu-west-1",
                new Endpoints(
                    Optional.of(URI.create("http://127.0.0.1:8000")),
                    Optional.of(URI.create("http://127.0.0.1:9000")),
                    Optional.of(URI.create("http://127.0.0.1:9001")),
                    Optional.of(URI.create("http://127.0.0.1:9002")),
                    Optional.of(URI.create("http://127.0.0.1:9003"))),
                new LakeLocation("afterbay", "lake/one"),
                new CommitPolicy(Duration.ofMillis(500), 1L << 30, 1000),
                StartPosition.LATEST,
                List.of(
                    new TableConfig(new TableName("E-commerce-Data")),
                    new TableConfig(new TableName("TaskApp"))),
                new HttpConfig(0),
                new PollConfig(Duration.ofSeconds(30)),
                new LivenessConfig(Duration.ofSeconds(90)),
                TracingConfig.OTLP,
                new CatalogConfig.Glue(
                    "my_shop",
                    Optional.of(
                        new CatalogConfig.Athena(
                            "lake.readers", Optional.of(new LakeLocation("results", "athena"))))),
                new ReconciliationConfig(
                    new LakeLocation("exports", "of/shop"),
                    Optional.of(Duration.ofHours(24)),
                    ReconciliationConfig.AuditEngine.ATHENA,
                    ReconciliationConfig.Healing.MANUAL),
                new MetricsConfig(MetricsConfig.CloudWatch.EMF),
                Decode.REFERENCE));
    assertThat(config.http().enabled()).isFalse();
    assertThat(config.endpoints().local()).isTrue();
    assertThat(config.applicationOf(new TableName("TaskApp"))).isEqualTo("shop-TaskApp");
  }

  @Test
  void whatIsLeftOutHasItsDefault() throws IOException {
    AfterbayConfig config =
        read(
            """
            application: shop
            lake: s3://afterbay
            tables: [ { name: TaskApp } ]
            commit:
            """,
            Map.of("AWS_REGION", "us-east-2"));

    assertThat(config.reconciliation()).isEqualTo(ReconciliationConfig.of(config.lake()));
    assertThat(config.reconciliation().exports()).hasToString("s3://afterbay/_afterbay/exports");

    assertThat(config.region()).isEqualTo("us-east-2");
    assertThat(config.endpoints()).isEqualTo(Endpoints.AWS);
    assertThat(config.lake()).hasToString("s3://afterbay");
    assertThat(config.commit())
        .isEqualTo(new CommitPolicy(Duration.ofMinutes(5), 134_217_728, 500_000));
    assertThat(config.start()).isEqualTo(StartPosition.TRIM_HORIZON);
    assertThat(config.http().port()).isEqualTo(8080);
    assertThat(config.tracing()).isEqualTo(TracingConfig.NONE);
    assertThat(config.decode()).isEqualTo(Decode.LEAN);
    assertThat(config.poll().idleLatency()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.liveness().patience()).isEqualTo(Duration.ofMinutes(5));
    assertThat(config.metrics()).isEqualTo(MetricsConfig.DEFAULT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "''                                               | shop with views",
        "catalog: none                                    | none",
        "catalog: glue                                    | shop with views",
        "catalog: { database: other }                     | other with views",
        "catalog: { views: none }                         | shop",
        "catalog: { views: athena }                       | shop with views",
        "endpoints: { dynamodb: http://a, s3: http://b }  | none",
        "endpoints: { s3: http://b, glue: http://c }      | shop",
        "'endpoints: { s3: http://b, glue: http://c }\ncatalog: glue' | shop",
        "endpoints: { glue: http://c, athena: http://d }  | shop with views",
      })
  void theCatalogIsGluesUnlessTheServicesAreLocal(String lines, String expected)
      throws IOException {
    AfterbayConfig config = read(SHORT + lines.replace("\\n", "\n") + "\n", Map.of());

    assertThat(described(config.catalog())).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource({"shop,shop", "My.Shop-2,my_shop_2", "TaskApp,task_app", "SHOP,shop", "_x,_x"})
  void theDatabaseIsCalledLikeTheApplication(String application, String database)
      throws IOException {
    AfterbayConfig config =
        read(SHORT.replace("application: shop", "application: " + application), Map.of());

    assertThat(described(config.catalog())).isEqualTo(database + " with views");
  }

  private static String described(CatalogConfig catalog) {
    if (catalog instanceof CatalogConfig.Glue glue) {
      return glue.database()
          + glue.athena()
              .map(athena -> athena.workgroup().equals("primary") ? " with views" : " odd")
              .orElse("");
    }
    return "none";
  }

  @Test
  void variablesAreReplacedInValues() throws IOException {
    AfterbayConfig config =
        read(
            """
            application: ${STAGE}-shop
            region: ${REGION:-us-east-1}
            lake: s3://${BUCKET:-unused}/${EMPTY:-lake}
            tables: [ { name: "${STAGE}-Orders" } ]
            """,
            Map.of("STAGE", "prod", "BUCKET", "afterbay", "EMPTY", "", "AWS_REGION", "eu-west-1"));

    assertThat(config.application()).isEqualTo("prod-shop");
    assertThat(config.region()).isEqualTo("us-east-1");
    assertThat(config.lake()).hasToString("s3://afterbay/lake");
    assertThat(config.tables().get(0).name()).isEqualTo(new TableName("prod-Orders"));
  }

  private AfterbayConfig read(String yaml, Map<String, String> environment) throws IOException {
    return AfterbayConfig.read(Files.writeString(dir.resolve("afterbay.yaml"), yaml), environment);
  }
}
