package dev.afterbay.local.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What must hold of the templates, whoever edits them; AWS's own validator knows the rest. */
class TemplatesTest {
  private static final Pattern VARIABLE = Pattern.compile("\\$\\{([A-Za-z0-9_:.]+)}");

  /** Where a "*" is what AWS wants, and why. */
  private static final Map<String, String> WILDCARDS =
      Map.of(
          "LogInToTheRegistry", "the token is for the whole registry; AWS allows no resource",
          "AdministeredByTheAccount", "in a key's policy the resource is the key itself",
          "UsedThroughDynamoDb", "likewise; callers are bounded by the condition",
          "EncryptsLogs", "likewise",
          "AlarmsMaySpeak", "likewise",
          "TlsOnly", "a denial is for everything",
          "Tls12OrLater", "a denial is for everything",
          "NoOtherEncryption", "a denial is for everybody");

  static Stream<String> templates() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("..", "deploy"))) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(".yaml"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("templates")
  void everyReferenceLeadsSomewhereAndEveryParameterIsUsed(String name) {
    Template template = Template.read(name);
    Set<String> parameters = names(template, "Parameters");
    Set<String> known = new HashSet<>(parameters);
    known.addAll(names(template, "Resources"));
    Set<String> referred = new TreeSet<>();
    Set<String> conditions = new TreeSet<>();
    walk(
        template.root(),
        (key, value) -> {
          switch (key) {
            case "Ref" -> referred.add(value.asText());
            case "Fn::GetAtt" -> referred.add(value.path(0).asText());
            case "Fn::If" -> conditions.add(value.path(0).asText());
            case "Condition" -> {
              if (value.isTextual()) {
                conditions.add(value.asText());
              }
            }
            case "Fn::Sub" -> {
              Matcher variable = VARIABLE.matcher(value.asText());
              while (variable.find()) {
                referred.add(variable.group(1).split("\\.", 2)[0]);
              }
            }
            case "DependsOn" -> value.forEach(on -> referred.add(on.asText()));
            default -> {
              // No reference.
            }
          }
        });
    Set<String> lost = new TreeSet<>(referred);
    lost.removeIf(reference -> reference.startsWith("AWS::") || known.contains(reference));
    Set<String> unused = new TreeSet<>(parameters);
    unused.removeAll(referred);

    assertThat(lost).as("references to nothing").isEmpty();
    assertThat(unused).as("parameters that nothing uses").isEmpty();
    assertThat(conditions).isEqualTo(new TreeSet<>(names(template, "Conditions")));
    assertThat(names(template, "Resources")).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("templates")
  void noStatementHasAWildcardWithoutAReason(String name) {
    List<String> wild = new ArrayList<>();
    walk(
        Template.read(name).root(),
        (key, value) -> {
          if (key.equals("Statement")) {
            value.forEach(statement -> wild.addAll(wildcards(statement)));
          }
        });

    assertThat(wild).isEmpty();
  }

  private static List<String> wildcards(JsonNode alternative) {
    if (alternative.has("Fn::If")) {
      return wildcards(alternative.path("Fn::If").path(1));
    }
    String sid = alternative.path("Sid").asText();
    List<String> wild = new ArrayList<>();
    for (String part : List.of("Action", "Resource", "Principal")) {
      walk(
          alternative.path(part),
          (key, value) -> {
            if (value.isTextual() && isWild(part, value.asText()) && !WILDCARDS.containsKey(sid)) {
              wild.add(sid + " " + part + " " + value.asText());
            }
          });
    }
    return wild;
  }

  private static boolean isWild(String part, String text) {
    return part.equals("Action") ? text.contains("*") : text.equals("*");
  }

  @ParameterizedTest
  @MethodSource("templates")
  void whatHoldsDataIsEncryptedKeptAndTagged(String name) {
    Template template = Template.read(name);
    List<String> wrong = new ArrayList<>();
    template
        .root()
        .path("Resources")
        .properties()
        .forEach(
            entry -> {
              JsonNode resource = entry.getValue();
              JsonNode properties = resource.path("Properties");
              String type = resource.path("Type").asText();
              List<String> wanted =
                  switch (type) {
                    case "AWS::S3::Bucket" ->
                        List.of(
                            "/BucketEncryption/ServerSideEncryptionConfiguration/0/ServerSideEncryptionByDefault/KMSMasterKeyID",
                            "/VersioningConfiguration/Status",
                            "/PublicAccessBlockConfiguration/RestrictPublicBuckets",
                            "/LifecycleConfiguration/Rules/0/AbortIncompleteMultipartUpload/DaysAfterInitiation",
                            "/Tags");
                    case "AWS::DynamoDB::Table" ->
                        List.of(
                            "/SSESpecification/KMSMasterKeyId",
                            "/DeletionProtectionEnabled",
                            "/PointInTimeRecoverySpecification/PointInTimeRecoveryEnabled",
                            "/Tags");
                    case "AWS::Logs::LogGroup" -> List.of("/KmsKeyId", "/RetentionInDays", "/Tags");
                    case "AWS::SNS::Topic" -> List.of("/KmsMasterKeyId", "/Tags");
                    case "AWS::ECR::Repository" ->
                        List.of("/EncryptionConfiguration", "/ImageScanningConfiguration", "/Tags");
                    case "AWS::KMS::Key" -> List.of("/EnableKeyRotation", "/KeyPolicy", "/Tags");
                    case "AWS::Athena::WorkGroup" ->
                        List.of(
                            "/WorkGroupConfiguration/ResultConfiguration/EncryptionConfiguration/KmsKey",
                            "/WorkGroupConfiguration/BytesScannedCutoffPerQuery",
                            "/WorkGroupConfiguration/EnforceWorkGroupConfiguration");
                    default -> List.of();
                  };
              for (String pointer : wanted) {
                JsonNode value = properties.at(pointer);
                if (value.isMissingNode() || value.isBoolean() && !value.booleanValue()) {
                  wrong.add(entry.getKey() + " lacks " + pointer);
                }
              }
              if (Set.of("AWS::S3::Bucket", "AWS::DynamoDB::Table").contains(type)
                  && !resource.path("DeletionPolicy").asText().equals("Retain")) {
                wrong.add(entry.getKey() + " goes with its stack");
              }
            });

    assertThat(wrong).isEmpty();
  }

  @Test
  void theServiceStopsSlowlyRunsReadOnlyAndIsNobody() {
    JsonNode task = Template.read("pipeline.yaml").properties("TaskDefinition");
    JsonNode worker = task.at("/ContainerDefinitions/0");

    assertThat(worker.path("StopTimeout").asInt()).isBetween(31, 120);
    assertThat(worker.path("ReadonlyRootFilesystem").asBoolean()).isTrue();
    assertThat(worker.path("User").asText()).isEqualTo("10001:10001");
    assertThat(worker.at("/LinuxParameters/InitProcessEnabled").asBoolean()).isTrue();
    assertThat(worker.at("/RestartPolicy/Enabled").asBoolean()).isTrue();
    assertThat(
            Template.read("pipeline.yaml")
                .properties("Service")
                .at("/DeploymentConfiguration/DeploymentCircuitBreaker/Rollback")
                .asBoolean())
        .isTrue();
  }

  @Test
  void theConfigurationOfTheImageHasTheVariablesOfTheTask() {
    Set<String> set = new TreeSet<>();
    Template.read("pipeline.yaml")
        .properties("TaskDefinition")
        .at("/ContainerDefinitions/0/Environment")
        .forEach(variable -> set.add(variable.path("Name").asText()));
    Matcher variable = VARIABLE.matcher(Template.text("config/afterbay.yaml"));
    Set<String> wanted = new TreeSet<>();
    while (variable.find()) {
      wanted.add(variable.group(1));
    }

    assertThat(wanted).isNotEmpty();
    assertThat(set).containsAll(wanted);
  }

  @Test
  void analystsOnlyRead() {
    List<String> actions = new ArrayList<>();
    walk(
        Template.read("pipeline.yaml").properties("AnalystRole").path("Policies"),
        (key, value) -> {
          if (key.equals("Action")) {
            walk(value, (inner, action) -> actions.add(action.asText()));
          }
        });
    actions.removeIf(
        action ->
            action.matches(
                "(athena|glue|s3):(Get|List|BatchGet)\\w+|athena:(Start|Stop)QueryExecution|kms:Decrypt"));

    // What is left is what the results of their own queries need.
    assertThat(actions)
        .containsOnly("s3:AbortMultipartUpload", "s3:PutObject", "kms:GenerateDataKey");
  }

  @Test
  void everyAlarmHasItsSectionInTheRunbook() throws IOException {
    Set<String> alarms = new TreeSet<>();
    Template.read("alarms.yaml")
        .root()
        .path("Resources")
        .properties()
        .forEach(
            entry -> {
              if (entry.getValue().path("Type").asText().equals("AWS::CloudWatch::Alarm")) {
                alarms.add(entry.getKey());
                assertThat(entry.getValue().at("/Properties/AlarmDescription/Fn::Sub").asText())
                    .endsWith("#" + entry.getKey().toLowerCase(Locale.ROOT));
              }
            });
    String runbook = Files.readString(Path.of("..", "docs", "runbook.md"));
    Set<String> sections = new TreeSet<>();
    for (String section : runbook.split("(?m)^### ", -1)) {
      String title = section.lines().findFirst().orElse("");
      if (title.matches("[A-Za-z]+")) {
        sections.add(title);
        assertThat(section).as(title).contains("**Means**", "**Do**", "```sh");
      }
    }

    assertThat(alarms).isNotEmpty().isEqualTo(sections);
  }

  private static Set<String> names(Template template, String section) {
    Set<String> names = new TreeSet<>();
    template.root().path(section).fieldNames().forEachRemaining(names::add);
    return names;
  }

  private interface Visitor {
    void visit(String key, JsonNode value);
  }

  /** Shows every field, and every element of a list under an empty name. */
  private static void walk(JsonNode node, Visitor visitor) {
    if (node.isArray()) {
      for (JsonNode element : node) {
        visitor.visit("", element);
        walk(element, visitor);
      }
    } else if (node.isObject()) {
      node.properties()
          .forEach(
              field -> {
                visitor.visit(field.getKey(), field.getValue());
                walk(field.getValue(), visitor);
              });
    } else {
      visitor.visit("", node);
    }
  }
}
