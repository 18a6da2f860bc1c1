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

class ConfigurationTest {
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
            lake: s3://afterbay/lake/one/
            commit: { max-age: 500ms, max-bytes: 1GiB, max-records: 1_000 }
            start: latest
            tables:
              - name: E-commerce-Data
                entities: []
              - name: TaskApp
            http: { port: 0 }
            liveness: { patience: 90s }
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
                    Optional.of(URI.create("http://127.0.0.1:9001"))),
                new LakeLocation("afterbay", "lake/one"),
                new CommitPolicy(Duration.ofMillis(500), 1L << 30, 1000),
                StartPosition.LATEST,
                List.of(
                    new TableConfig(new TableName("E-commerce-Data")),
                    new TableConfig(new TableName("TaskApp"))),
                new HttpConfig(0),
                new LivenessConfig(Duration.ofSeconds(90))));
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

    assertThat(config.region()).isEqualTo("us-east-2");
    assertThat(config.endpoints()).isEqualTo(Endpoints.AWS);
    assertThat(config.lake()).hasToString("s3://afterbay");
    assertThat(config.commit())
        .isEqualTo(new CommitPolicy(Duration.ofMinutes(5), 134_217_728, 500_000));
    assertThat(config.start()).isEqualTo(StartPosition.TRIM_HORIZON);
    assertThat(config.http().port()).isEqualTo(8080);
    assertThat(config.liveness().patience()).isEqualTo(Duration.ofMinutes(5));
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
