package dev.afterbay.consumer.image;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The image as the build has made it, without a JRE; and the list of what is in it. */
class ImageIT {
  /** What a machine of developers has and the service must not. */
  private static final Pattern LOCAL =
      Pattern.compile(
          "(?i).*(afterbay-local|dynamodblocal|s3proxy|sqlite4java|jetty-|jclouds|log4j-core|hive-exec"
              + "|junit|assertj|archunit|trino|tests?\\.jar).*");

  private static final Pattern SECRET =
      Pattern.compile(
          "AKIA[0-9A-Z]{16}|-----BEGIN [A-Z ]*PRIVATE KEY|aws_secret_access_key\\s*=|password\\s*[:=]\\s*\\S");

  private static final Pattern DENIED =
      Pattern.compile(
          "(?i).*(AGPL|SSPL|BUSL|Business Source|Commons Clause|DynamoDB Local|CC-BY-NC).*");

  private static final Map<String, byte[]> FILES = new TreeMap<>();
  private static JsonNode config = new ObjectMapper().createObjectNode();

  @BeforeAll
  static void unpack() throws IOException {
    try (InputStream tar = Files.newInputStream(Path.of("target", "image.tar"))) {
      Map<String, byte[]> image = TarFiles.read(tar);
      JsonNode manifest = new ObjectMapper().readTree(image.get("manifest.json")).path(0);
      config =
          new ObjectMapper().readTree(image.get(manifest.path("Config").asText())).path("config");
      for (JsonNode layer : manifest.path("Layers")) {
        byte[] packed = Objects.requireNonNull(image.get(layer.asText()), layer.asText());
        FILES.putAll(TarFiles.read(new GZIPInputStream(new ByteArrayInputStream(packed))));
      }
    }
  }

  @Test
  void theImageHoldsTheServicesLibrariesAndNothingOfTheLocalMachine() throws IOException {
    Set<String> jars = new TreeSet<>();
    FILES.keySet().stream()
        .filter(name -> name.endsWith(".jar"))
        .forEach(name -> jars.add(Path.of(name).getFileName().toString()));

    System.out.printf(
        "The image: %d files, %d jars, %d MB%n",
        FILES.size(),
        jars.size(),
        FILES.values().stream().mapToLong(content -> content.length).sum() >> 20);
    assertThat(jars).isEqualTo(libraries());
    assertThat(FILES.keySet()).filteredOn(name -> LOCAL.matcher(name).matches()).isEmpty();
    assertThat(FILES.keySet())
        .map(name -> name.replaceFirst("^/", ""))
        .contains(
            "app/classes/dev/afterbay/consumer/cli/Afterbay.class", "etc/afterbay/afterbay.yaml");
  }

  @Test
  void theImageHoldsNoSecrets() {
    assertThat(FILES.keySet())
        .filteredOn(name -> name.matches(".*(credentials|\\.pem|\\.p12|\\.key|\\.env|/\\.aws/.*)"))
        .isEmpty();
    FILES.forEach(
        (name, content) -> {
          if (!name.endsWith(".jar") && !name.endsWith(".class")) {
            assertThat(SECRET.matcher(new String(content, StandardCharsets.UTF_8)).find())
                .as(name)
                .isFalse();
          }
        });
    assertThat(config.path("Env").toString()).doesNotContain("SECRET", "PASSWORD", "AWS_");
  }

  @Test
  void theProgramIsNobodyWritesToOneFolderAndGetsSignalsItself() {
    assertThat(config.path("User").asText()).isEqualTo("10001:10001");
    assertThat(config.path("Volumes").fieldNames()).toIterable().containsExactly("/tmp");
    assertThat(config.at("/Entrypoint/0").asText()).isEqualTo("java");
  }

  @Test
  void bothWaysToBuildTheImageStartTheSameProgramWithTheSameOptions() throws IOException {
    String file = Files.readString(Path.of("..", "deploy", "Dockerfile"));
    List<String> written = new ArrayList<>();
    Matcher word =
        Pattern.compile("\"([^\"]+)\"").matcher(file.substring(file.indexOf("ENTRYPOINT")));
    while (word.find()) {
      written.add(word.group(1));
    }
    List<String> built = new ArrayList<>();
    config.path("Entrypoint").forEach(part -> built.add(part.asText()));

    assertThat(options(written)).isNotEmpty().isEqualTo(options(built));
    assertThat(written).contains("dev.afterbay.consumer.cli.Afterbay");
    assertThat(built).contains("dev.afterbay.consumer.cli.Afterbay");
    assertThat(file).contains("USER 10001:10001", "VOLUME /tmp");
  }

  private static List<String> options(List<String> words) {
    return words.stream().filter(word -> word.matches("-[XD].*")).toList();
  }

  @Test
  void everyPartIsListedWithALicenceThatMayBeGivenOn() throws IOException {
    JsonNode bom = new ObjectMapper().readTree(Path.of("target", "sbom.json").toFile());
    Set<String> listed = new TreeSet<>();
    Map<String, Integer> licences = new TreeMap<>();
    List<String> bad = new ArrayList<>();
    for (JsonNode part : bom.path("components")) {
      String name = part.path("name").asText();
      listed.add(name + "-" + part.path("version").asText());
      String licence = licence(part);
      licences.merge(licence, 1, Integer::sum);
      boolean isOurs = part.path("group").asText().equals("dev.afterbay");
      if (licence.isEmpty() && !isOurs || DENIED.matcher(licence).matches()) {
        bad.add(name + ": " + licence);
      }
    }
    System.out.println("Licences: " + licences);

    assertThat(bad).isEmpty();
    assertThat(libraries()).allSatisfy(jar -> assertThat(listed).anyMatch(jar::startsWith));
  }

  private static String licence(JsonNode part) {
    List<String> names = new ArrayList<>();
    for (JsonNode choice : part.path("licenses")) {
      names.add(
          choice.path("expression").asText()
              + choice.at("/license/id").asText()
              + choice.at("/license/name").asText());
    }
    return String.join(" or ", names);
  }

  private static Set<String> libraries() throws IOException {
    try (Stream<Path> files = Files.list(Path.of("target", "lib"))) {
      return files
          .map(file -> file.getFileName().toString())
          .collect(Collectors.toCollection(TreeSet::new));
    }
  }
}
