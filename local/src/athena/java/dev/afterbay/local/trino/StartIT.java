package dev.afterbay.local.trino;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StartIT {
  private static final URI NOWHERE = URI.create("http://127.0.0.1:1");

  @TempDir Path dir;

  private final Optional<String> home =
      Optional.ofNullable(System.getProperty(TrinoFiles.PROPERTY));

  @BeforeEach
  void moveAway() {
    System.setProperty(TrinoFiles.PROPERTY, dir.resolve("home").toString());
  }

  @AfterEach
  void restore() {
    home.ifPresent(folder -> System.setProperty(TrinoFiles.PROPERTY, folder));
  }

  @Test
  void withoutATrinoItIsToldHowToGetOne() {
    assertThatThrownBy(() -> Trino.start(dir.resolve("run"), NOWHERE, NOWHERE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(dir.resolve("home") + ": build with -Pathena")
        .hasMessageContaining("-Dafterbay.it.trino");
  }

  @Test
  void aServerThatDoesNotStartIsQuoted() throws IOException {
    Files.createDirectories(dir.resolve("home/plugin/hive"));

    assertThatThrownBy(() -> Trino.start(dir.resolve("run"), NOWHERE, NOWHERE))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining(dir.resolve("run/trino.log").toString())
        .hasMessageContaining("Could not find or load main class io.trino.server.TrinoServer");
  }

  @Test
  void theVersionOfAJdkIsReadFromItsReleaseFile() throws IOException {
    Path release = dir.resolve("release");

    assertThat(JavaHome.version(dir)).isZero();
    Files.writeString(release, "JAVA_VERSION=\"25.0.3\"\nOS_NAME=\"Linux\"\n");
    assertThat(JavaHome.version(dir)).isEqualTo(25);
    Files.writeString(release, "JAVA_VERSION=\"24\"\n");
    assertThat(JavaHome.version(dir)).isEqualTo(24);
    Files.writeString(release, "JAVA_VERSION=\"1.8.0_402\"\n");
    assertThat(JavaHome.version(dir)).isEqualTo(1);
  }
}
