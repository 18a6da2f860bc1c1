package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ServiceClassPathIT {
  @Test
  void theServiceRunsWithoutWhatItDoesNotNeed() throws IOException {
    assertThat(jars())
        .extracting(jar -> String.valueOf(jar.getFileName()))
        .contains("parquet-hadoop-1.18.1.jar")
        .noneMatch(
            name ->
                name.matches(
                    "(?i)(hadoop|kafka|scala|kotlin|DynamoDBLocal|s3proxy|sqlite4java|junit).*"));
  }

  @Test
  void noJarHidesThemInside() throws IOException {
    List<String> found = new ArrayList<>();
    for (Path jar : jars()) {
      try (JarFile open = new JarFile(jar.toFile())) {
        open.stream()
            .filter(entry -> isUnwanted(entry.getName()))
            .forEach(entry -> found.add(jar.getFileName() + "!" + entry.getName()));
      }
    }
    assertThat(found).isEmpty();
  }

  private static boolean isUnwanted(String entry) {
    return entry.equals("org/apache/hadoop/conf/Configuration.class")
        || entry.startsWith("org/apache/kafka/")
        || entry.startsWith("scala/")
        || entry.startsWith("kotlin/")
        || entry.startsWith("com/amazonaws/services/dynamodbv2/local/");
  }

  private static List<Path> jars() throws IOException {
    try (Stream<Path> jars = Files.list(Program.SERVICE.libraries())) {
      List<Path> all = jars.toList();
      assertThat(all).hasSizeGreaterThan(50);
      return all;
    }
  }
}
