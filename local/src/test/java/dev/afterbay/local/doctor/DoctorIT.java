package dev.afterbay.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.consumer.cli.Afterbay;
import dev.afterbay.consumer.doctor.Finding;
import dev.afterbay.consumer.doctor.Verdict;
import dev.afterbay.local.aws.BareDynamoDb;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

class DoctorIT {
  @TempDir static Path dir;
  private static Ward ward;

  @BeforeAll
  static void open() throws Exception {
    ward = new Ward(dir);
  }

  @AfterAll
  static void close() {
    ward.close();
  }

  @BeforeEach
  void admit() {
    ward.admit();
  }

  @ParameterizedTest
  @MethodSource({
    "dev.afterbay.local.doctor.Ailments#ofTables",
    "dev.afterbay.local.doctor.Ailments#ofBuckets",
    "dev.afterbay.local.doctor.Ailments#ofTheRest"
  })
  void whatIsWrongIsNamedWithTheWayOutAndNothingElseIs(Ailment ailment) throws Exception {
    ailment.does().on(ward);

    List<Finding> findings = ward.examine();

    assertThat(findings)
        .filteredOn(finding -> finding.check().equals(ailment.check()))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(ailment.verdict());
              assertThat(finding.found()).contains(ailment.found());
              assertThat(finding.fix().orElse("")).contains(ailment.fix());
            });
    assertThat(findings)
        .filteredOn(finding -> finding.verdict() == Verdict.FAILED)
        .extracting(Finding::check)
        .isSubsetOf(ailment.check(), ailment.check().replace("lake ", "query results "));
  }

  @Test
  void ofAGoodSetUpAllIsOkAndNothingIsLeftBehind() throws Exception {
    List<Finding> findings = ward.examine();

    assertThat(findings)
        .filteredOn(finding -> finding.verdict() != Verdict.OK)
        .extracting(Finding::check)
        .containsExactlyInAnyOrder("identity", "protection", "container");
    assertThat(findings).allSatisfy(finding -> assertThat(finding.fix()).isEmpty());
    try (Stream<Path> left = Files.walk(ward.bucket())) {
      assertThat(left.filter(Files::isRegularFile)).noneMatch(DoctorIT::isProbeOfTheGood);
    }
    assertThat(ward.tables().scan(r -> r.tableName(ward.leaseTable())).items()).isEmpty();
  }

  @Test
  void dynamoDbLocalItselfIsRecognised() throws Exception {
    try (BareDynamoDb bare = BareDynamoDb.start()) {
      ward.edit("dynamodb: " + ward.dynamodb.endpoint(), "dynamodb: " + bare.endpoint());
      bare.create(ward.source(ward.table()).build());

      assertThat(ward.examine())
          .filteredOn(finding -> finding.check().equals("table"))
          .singleElement()
          .satisfies(
              finding -> {
                assertThat(finding.verdict()).isEqualTo(Verdict.WARN);
                assertThat(finding.found()).startsWith("this is DynamoDB Local itself");
                assertThat(finding.fix().orElseThrow()).startsWith("./afterbay local");
              });
    }
  }

  @Test
  void aDeadEndpointIsToldAndWhatDependsOnItIsSkipped() throws Exception {
    ward.edit("dynamodb: " + ward.dynamodb.endpoint(), "dynamodb: " + Ward.nobody());

    List<Finding> findings = ward.examine();

    assertThat(findings)
        .filteredOn(finding -> finding.verdict() == Verdict.FAILED)
        .allSatisfy(finding -> assertThat(finding.found()).contains("127.0.0.1:1"))
        .extracting(Finding::check)
        .containsExactly("table", "lease table");
    assertThat(findings)
        .filteredOn(finding -> finding.check().equals("exports"))
        .singleElement()
        .satisfies(
            finding -> {
              assertThat(finding.verdict()).isEqualTo(Verdict.SKIPPED);
              assertThat(finding.found()).isEqualTo("not looked at, because 'table' failed");
            });
  }

  @Test
  void theCommandTellsScriptsByItsExitCode() throws Exception {
    Answer good = command("doctor", "--json", "--config", ward.configuration().toString());
    ward.s3.drop("If-None-Match");
    Answer bad = command("doctor", "--config", ward.configuration().toString());
    ward.edit("region: us-east-1", "region: here");
    Answer wrong = command("doctor", "--config", ward.configuration().toString());

    assertThat(good.code()).as(good.out()).isZero();
    JsonNode findings = new ObjectMapper().readTree(good.out());
    assertThat(findings).hasSizeGreaterThan(20);
    assertThat(findings)
        .allSatisfy(
            finding ->
                assertThat(finding.fieldNames())
                    .toIterable()
                    .containsExactly("check", "table", "verdict", "found", "fix"));
    assertThat(bad.code()).isEqualTo(3);
    assertThat(bad.out())
        .containsPattern("(?m)^failed +lake put-if-absent +If-None-Match is not honoured.*\\R +-> ")
        .containsPattern("(?m)^\\d+ checks: \\d+ ok, 0 warn, 1 failed, \\d+ skipped$");
    assertThat(wrong.code()).isEqualTo(2);
  }

  private static boolean isProbeOfTheGood(Path file) {
    String path = ward.bucket().relativize(file).toString();
    return path.startsWith(ward.table() + "/");
  }

  private record Answer(int code, String out) {}

  private static Answer command(String... arguments) {
    StringWriter out = new StringWriter();
    CommandLine line = Afterbay.commandLine();
    line.setOut(new PrintWriter(out));
    return new Answer(line.execute(arguments), out.toString());
  }
}
