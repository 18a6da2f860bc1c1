package dev.afterbay.consumer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigurationMistakesTest {
  private static final String GOOD =
      """
      application: shop
      region: us-east-1
      lake: s3://afterbay/lake
      tables: [ { name: Orders } ]
      """;

  @TempDir Path dir;

  /** A line in place of a line of the good file, or after it, and the one problem that it makes. */
  static Stream<Arguments> mistakes() {
    return Stream.of(
        wrong(
            "region: us-east-1",
            "region: Virginia",
            "2:9: 'region': 'Virginia' is not an AWS region; write for example us-east-1"),
        wrong(
            "application: shop",
            "application: my shop",
            "1:14: 'application': 'my shop' is not a name (1 to 100 letters, digits, '_', '.', '-');"
                + " write for example shop"),
        wrong(
            "application: shop",
            "application: [shop]",
            "1:14: 'application' must be a single value, not a list"),
        wrong(
            "application: shop",
            "application:",
            "1:1: 'application' is missing; add for example 'application: shop'"),
        wrong(
            "region: us-east-1",
            "",
            "1:1: 'region' is missing; add for example 'region: us-east-1', or set AWS_REGION"),
        wrong(
            "s3://afterbay/lake",
            "/var/lake",
            "3:7: 'lake': '/var/lake' is not a location in S3; write for example s3://my-bucket/lake"),
        wrong(
            "s3://afterbay/lake",
            "s3://After_Bay/lake",
            "3:7: 'lake': 'After_Bay' is not a bucket name (3 to 63 lower-case letters, digits, '-',"
                + " '.'); write for example s3://my-bucket/lake"),
        wrong(
            "s3://afterbay/lake",
            "s3://afterbay//lake",
            "3:7: 'lake': '/lake' is not a prefix (letters, digits and !_.*'()=- between single"
                + " slashes); write for example s3://my-bucket/lake"),
        wrong(
            "tables: [ { name: Orders } ]",
            "",
            "1:1: 'tables' is missing; add for example 'tables: [ { name: Orders } ]'"),
        wrong(
            "[ { name: Orders } ]",
            "[]",
            "4:9: 'tables' is empty; add for example 'tables: [ { name: Orders } ]'"),
        wrong(
            "[ { name: Orders } ]",
            "Orders",
            "4:9: 'tables' must be a list, not the value 'Orders'"),
        wrong(
            "[ { name: Orders } ]",
            "[ Orders ]",
            "4:11: 'tables[0]' must be a mapping of keys to values, not the value 'Orders'"),
        wrong(
            "[ { name: Orders } ]",
            "[ {} ]",
            "4:11: 'tables[0].name' is missing; add for example 'name: Orders'"),
        wrong(
            "name: Orders",
            "name: Or",
            "4:19: 'tables[0].name': 'Or' is not a DynamoDB table name; write 3 to 255 letters,"
                + " digits, '_', '.', '-'"),
        wrong(
            "[ { name: Orders } ]",
            "[ { name: Orders }, { name: Orders } ]",
            "4:37: 'tables[1].name': 'Orders' is listed twice (first in line 4); keep one"),
        wrong(
            "[ { name: Orders } ]",
            "[ { name: my-orders }, { name: MyOrders } ]",
            "4:40: 'tables[1].name': 'MyOrders' and 'my-orders' both have the folder 'my_orders' in"
                + " the lake; put one of them into a configuration with another lake"),
        wrong(
            "name: Orders",
            "name: " + "x".repeat(253),
            "4:19: 'tables[0].name': the lease table 'shop-"
                + "x".repeat(253)
                + "' would have a name"
                + " of 258 characters, DynamoDB allows 255; choose a shorter 'application'"),
        wrong(
            "name: Orders",
            "name: Orders, entities: orders",
            "4:37: 'tables[0].entities' must be a list, not the value 'orders'"),
        more("comit: {}", "5:1: 'comit' is not a known key; did you mean 'commit'?"),
        more(
            "speed: fast",
            "5:1: 'speed' is not a known key; the keys here are application, audit, catalog,"
                + " commit, decode, endpoints, exports, heal, http, lake, liveness, metrics, poll, region,"
                + " start, tables, tracing"),
        more(
            "commit: { maxAge: 5m }",
            "5:11: 'commit.maxAge' is not a known key; did you mean 'commit.max-age'?"),
        more(
            "commit: { max-age: 5 minutes }",
            "5:20: 'commit.max-age': '5 minutes' is not a duration; write a number and a unit, such"
                + " as 500ms, 30s, 5m or 1h"),
        more(
            "commit: { max-age: 300 }",
            "5:20: 'commit.max-age': '300' is not a duration; write a number and a unit, such as"
                + " 500ms, 30s, 5m or 1h"),
        more(
            "commit: { max-age: 0s }",
            "5:20: 'commit.max-age': '0s' is out of bounds; write 100ms to 12h"),
        more(
            "commit: { max-age: 999999999999999999h }",
            "5:20: 'commit.max-age': '999999999999999999h' is out of bounds; write 100ms to 12h"),
        more(
            "commit: { max-bytes: lots }",
            "5:22: 'commit.max-bytes': 'lots' is not a size; write a number and a unit, such as"
                + " 64MiB, 128MiB or 1GiB"),
        more(
            "commit: { max-bytes: 1KiB }",
            "5:22: 'commit.max-bytes': '1KiB' is out of bounds; write 64KiB to 4GiB"),
        more(
            "commit: { max-records: many }",
            "5:24: 'commit.max-records': 'many' is not a whole number; write for example 500000"),
        more(
            "commit: { max-records: 0 }",
            "5:24: 'commit.max-records': '0' is out of bounds; write 1 to 100000000"),
        more("commit: 5m", "5:9: 'commit' must be a mapping of keys to values, not the value '5m'"),
        more(
            "start: beginning",
            "5:8: 'start': 'beginning' is not a start; write trim-horizon or latest"),
        more(
            "http: { port: 70000 }",
            "5:15: 'http.port': '70000' is out of bounds; write 0 to 65535"),
        more(
            "metrics: { cloudwatch: agent }",
            "5:24: 'metrics.cloudwatch': 'agent' is none of emf, off; write one of them"),
        more(
            "liveness: { patience: 5s }",
            "5:23: 'liveness.patience': '5s' is out of bounds; write 30s to 1h"),
        more("decode: fast", "5:9: 'decode': 'fast' is none of lean, reference; write one of them"),
        more(
            "tracing: jaeger",
            "5:10: 'tracing': 'jaeger' is none of none, otlp; write one of them"),
        more(
            "poll: { idle-latency: 31s }",
            "5:23: 'poll.idle-latency': '31s' is out of bounds; write 1s to 30s"),
        more(
            "poll: { idle-latency: 30s }\nliveness: { patience: 60s }",
            "5:23: 'poll.idle-latency': an idle shard could be taken for one that stands still;"
                + " write at most a third of liveness.patience, 20s, or a longer patience"),
        more(
            "liveness: { patients: 5m }",
            "5:13: 'liveness.patients' is not a known key; did you mean 'liveness.patience'?"),
        more(
            "endpoints: { s3: localhost:9000 }",
            "5:18: 'endpoints.s3': 'localhost:9000' is not a service address; write for example"
                + " http://127.0.0.1:9000"),
        more(
            "endpoints: { dynamodb: 'http://not a host' }",
            "5:24: 'endpoints.dynamodb': 'http://not a host' is not a service address; write for"
                + " example http://127.0.0.1:8000"),
        more(
            "endpoints: { glue: localhost }",
            "5:20: 'endpoints.glue': 'localhost' is not a service address; write for example"
                + " http://127.0.0.1:9002"),
        more("catalog: hive", "5:10: 'catalog': 'hive' is none of glue, none; write one of them"),
        more("catalog: non", "5:10: 'catalog': 'non' is none of glue, none; did you mean 'none'?"),
        more("catalog: [glue]", "5:10: 'catalog' must be a mapping of keys to values, not a list"),
        more(
            "catalog: { databases: shop }",
            "5:12: 'catalog.databases' is not a known key; did you mean 'catalog.database'?"),
        more(
            "catalog: { database: My-Shop }",
            "5:22: 'catalog.database': 'My-Shop' is not a database (1 to 255 lower-case letters,"
                + " digits, '_'); write for example shop"),
        more(
            "catalog: { workgroup: a b }",
            "5:23: 'catalog.workgroup': 'a b' is not a workgroup of Athena (1 to 128 letters,"
                + " digits, '.', '_', '-'); write for example primary"),
        more(
            "catalog: { query-results: results }",
            "5:27: 'catalog.query-results': 'results' is not a location in S3; write for example"
                + " s3://my-bucket/lake"),
        more(
            "catalog: { views: all }",
            "5:19: 'catalog.views': 'all' is none of athena, none; write one of them"),
        more(
            "endpoints: { s3: http://127.0.0.1:9000 }\ncatalog: glue",
            "6:10: 'catalog': the other services are local, and where Glue is, is not said; add for"
                + " example 'endpoints: { glue: http://127.0.0.1:9002 }', or write 'catalog:"
                + " none'"),
        more(
            "endpoints: { s3: http://127.0.0.1:9000 }\ncatalog: { database: shop }",
            "6:10: 'catalog': the other services are local, and where Glue is, is not said; add for"
                + " example 'endpoints: { glue: http://127.0.0.1:9002 }', or write 'catalog:"
                + " none'"),
        more(
            "endpoints: { glue: http://127.0.0.1:9002 }\ncatalog: { views: athena }",
            "6:19: 'catalog.views': the other services are local, and where Athena is, is not said;"
                + " add for example 'endpoints: { athena: http://127.0.0.1:9003 }', or write"
                + " 'views: none'"),
        more(
            "exports: exports",
            "5:10: 'exports': 'exports' is not a location in S3; write for example"
                + " s3://my-bucket/lake"),
        more(
            "audit: { every: 5m }",
            "5:17: 'audit.every': '5m' is out of bounds; write 15m to 8784h"),
        more(
            "audit: { engine: spark }",
            "5:18: 'audit.engine': 'spark' is none of athena, duckdb; write one of them"),
        more(
            "audit: { engine: athena }\ncatalog: none",
            "5:18: 'audit.engine': audits by Athena need the tables in a catalog and a workgroup;"
                + " write for example 'catalog: glue', with 'views: athena' if it is a mapping, or"
                + " audit with engine duckdb"),
        more(
            "heal: automatic",
            "5:7: 'heal': 'automatic' is none of auto, manual; write one of them"),
        more("region: eu-west-1", "5:1: 'region' is given twice (first in line 2); keep one"),
        more("[a]: b", "5:1: a key must be plain text, not a list"),
        more(
            "start: ${WHERE}",
            "5:8: 'start': the environment variable WHERE is not set; set it, or write"
                + " ${WHERE:-default}"),
        more(
            "start: ${WHERE",
            "5:8: 'start': '${WHERE' has a '${' that names no variable; write ${NAME},"
                + " ${NAME:-default} or, for the characters themselves, $${"));
  }

  private static Arguments wrong(String good, String bad, String problem) {
    return Arguments.of(GOOD.replace(good, bad), problem);
  }

  private static Arguments more(String line, String problem) {
    return Arguments.of(GOOD + line + "\n", problem);
  }

  @ParameterizedTest
  @MethodSource("mistakes")
  void aMistakeIsReportedWithItsPlaceAndTheWayOut(String yaml, String problem) throws IOException {
    assertThat(problems(yaml)).containsExactly("afterbay.yaml:" + problem);
  }

  @Test
  void allMistakesAreReportedAtOnceInTheOrderOfTheFile() throws IOException {
    assertThat(
            problems(
                """
                region: us-east-1
                commit: { max-age: soon, max-bits: 3 }
                start: [1]
                table: Orders
                http: { port: none }
                """))
        .containsExactly(
            "afterbay.yaml:1:1: 'application' is missing; add for example 'application: shop'",
            "afterbay.yaml:1:1: 'lake' is missing; add for example 'lake: s3://my-bucket/lake'",
            "afterbay.yaml:1:1: 'tables' is missing; add for example 'tables: [ { name: Orders } ]'",
            "afterbay.yaml:2:20: 'commit.max-age': 'soon' is not a duration; write a number and a"
                + " unit, such as 500ms, 30s, 5m or 1h",
            "afterbay.yaml:2:26: 'commit.max-bits' is not a known key; did you mean"
                + " 'commit.max-bytes'?",
            "afterbay.yaml:3:8: 'start' must be a single value, not a list",
            "afterbay.yaml:4:1: 'table' is not a known key; did you mean 'tables'?",
            "afterbay.yaml:5:15: 'http.port': 'none' is not a whole number; write for example 8080");
  }

  @Test
  void aFileThatIsNotYamlIsReportedAtItsFirstOddity() throws IOException {
    assertThat(problems("application: shop\n\tregion: x\n"))
        .singleElement()
        .asString()
        .startsWith("afterbay.yaml:2:1: this is not YAML: ");
    assertThat(problems("application: 'shop\n"))
        .singleElement()
        .asString()
        .contains("this is not YAML: found unexpected end of stream");
    assertThat(problems("a: 1\n---\nb: 2\n"))
        .singleElement()
        .asString()
        .startsWith("afterbay.yaml:2:1: this is not YAML: but found another document");
    assertThat(problems("a: \u0001\n"))
        .singleElement()
        .asString()
        .startsWith("afterbay.yaml: this is not YAML: ");
  }

  @Test
  void anEmptyFileIsToldWhatItNeeds() throws IOException {
    String sentence =
        "afterbay.yaml: the file is empty; it needs at least application, region, lake and tables";

    assertThat(problems("")).containsExactly(sentence);
    assertThat(problems("# nothing yet\n")).containsExactly(sentence);
  }

  @Test
  void aFileThatIsNoMappingIsReportedOnce() throws IOException {
    assertThat(problems("- a\n"))
        .containsExactly(
            "afterbay.yaml:1:1: the file must be a mapping of keys to values, not a list");
    assertThat(problems("shop\n"))
        .containsExactly(
            "afterbay.yaml:1:1: the file must be a mapping of keys to values, not the value"
                + " 'shop'");
  }

  @Test
  void aFileThatCannotBeReadIsReported() throws IOException {
    assertThat(problems(dir.resolve("absent.yaml")))
        .containsExactly(
            "absent.yaml: there is no such file; --config names the configuration file");
    assertThat(problems(Files.createDirectory(dir.resolve("directory"))))
        .containsExactly("directory: this is a directory; --config names the configuration file");
    assertThat(
            problems(Files.write(dir.resolve("latin"), "ä".getBytes(StandardCharsets.ISO_8859_1))))
        .containsExactly("latin: the file is not UTF-8 text");
  }

  private List<String> problems(String yaml) throws IOException {
    return problems(Files.writeString(dir.resolve("afterbay.yaml"), yaml));
  }

  private List<String> problems(Path file) {
    ConfigurationException refused =
        catchThrowableOfType(
            ConfigurationException.class, () -> AfterbayConfig.read(file, Map.of()));
    return refused.problems().stream()
        .map(problem -> problem.toString().replace(dir + "/", ""))
        .toList();
  }
}
