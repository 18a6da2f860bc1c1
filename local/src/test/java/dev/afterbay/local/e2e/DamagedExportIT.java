package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** An export of which a file is not as it was written. */
@TakesLong
@Execution(ExecutionMode.CONCURRENT)
class DamagedExportIT {
  private static final InstantSource CLOCK = InstantSource.system();

  @TempDir static Path dir;

  private static Stage stage;

  @BeforeAll
  static void start() {
    stage = Stage.open(dir);
  }

  @AfterAll
  static void stop() {
    stage.close();
  }

  @Test
  void itIsRefusedWithTheFileNamedAndTheLakeStaysAsItIs() throws IOException {
    TableName table = stage.recoverable();
    for (int i = 0; i < 60; i++) {
      put(table, i);
    }
    Setup setup = stage.setup(table);
    Instant moment = CLOCK.instant().truncatedTo(ChronoUnit.SECONDS).plusSeconds(1);
    await().until(() -> CLOCK.instant().isAfter(moment));
    setup.printed("snapshot", "--at", moment.toString(), "--slice", "1/2");
    List<String> before = lake(setup);
    Path file = dataFiles(setup).get(1);
    byte[] sound = Files.readAllBytes(file);
    byte[] other = sound.clone();
    other[other.length / 2] ^= 1;

    Files.write(file, Arrays.copyOf(sound, sound.length - 9));
    assertRefused(setup, moment, file);
    Files.write(file, other);
    assertRefused(setup, moment, file);
    Files.delete(file);
    assertRefused(setup, moment, file);

    assertThat(lake(setup)).isEqualTo(before);
    Files.write(file, sound);
    assertThat(setup.printed("snapshot", "--at", moment.toString(), "--slice", "2/2"))
        .contains("complete, 60 items");
    setup.assertSound();
  }

  private static void assertRefused(Setup setup, Instant moment, Path file) {
    Setup.Finished refused = setup.command("snapshot", "--at", moment.toString(), "--slice", "2/2");
    assertThat(refused.exitCode()).as(refused.err()).isEqualTo(1);
    assertThat(refused.err()).contains(file.getFileName().toString());
    assertThat(refused.out()).isEmpty();
  }

  /** All that is in the lake but the exports, which lie beside it. */
  private static List<String> lake(Setup setup) {
    Path root = setup.lake().root();
    return LakeFiles.files(root).stream()
        .map(path -> root.relativize(path) + " " + path.toFile().length())
        .filter(path -> !path.startsWith("_afterbay/exports/"))
        .toList();
  }

  /** In the order in which they are numbered. */
  private static List<Path> dataFiles(Setup setup) {
    return LakeFiles.files(setup.lake().root().resolve("_afterbay/exports"), ".json.gz");
  }

  private static void put(TableName table, int number) {
    stage
        .clients()
        .tables()
        .putItem(
            r ->
                r.tableName(table.value())
                    .item(
                        Map.of(
                            "PK",
                            AttributeValue.fromS("k" + number),
                            "SK",
                            AttributeValue.fromS("s"),
                            "V",
                            AttributeValue.fromN(Integer.toString(number)))));
  }
}
