package dev.afterbay.consumer.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The statements in {@code athena-ddl} are those that the program makes. With {@code
 * -Dafterbay.write-ddl} they are written anew.
 */
class AthenaDdlFilesTest {
  private static final Path FOLDER = Path.of("..", "athena-ddl");

  @ParameterizedTest
  @MethodSource("dev.afterbay.consumer.catalog.ExampleCatalogs#names")
  void theStatementsOfAnExampleAreThoseInTheFolder(String example) throws IOException {
    Path folder = FOLDER.resolve(example);
    Map<String, String> made = ExampleCatalogs.of(example).all();
    if (System.getProperty("afterbay.write-ddl") != null) {
      write(folder, made);
    }

    assertThat(read(folder)).isEqualTo(new TreeMap<>(withEnds(made)));
  }

  @ParameterizedTest
  @MethodSource("dev.afterbay.consumer.catalog.ExampleCatalogs#names")
  void hiveParsesEveryTableAsItStands(String example) {
    ExampleCatalogs.of(example)
        .tables()
        .forEach(
            (file, statement) ->
                assertThat(HiveParser.parse(statement))
                    .contains(
                        file.startsWith("tables/") ? "tok_createtable" : "tok_createdatabase"));
  }

  /** They are in Trino's language, which is all but Hive's, if for its quotes. */
  @ParameterizedTest
  @MethodSource("dev.afterbay.consumer.catalog.ExampleCatalogs#names")
  void hiveParsesEveryViewIfForItsQuotes(String example) {
    ExampleCatalogs.of(example)
        .views()
        .values()
        .forEach(
            statement ->
                assertThat(HiveParser.parse(statement.replace('"', '`')))
                    .contains("tok_createview"));
  }

  private static Map<String, String> withEnds(Map<String, String> statements) {
    Map<String, String> ended = new TreeMap<>();
    statements.forEach((file, statement) -> ended.put(file, statement + "\n"));
    return ended;
  }

  private static Map<String, String> read(Path folder) throws IOException {
    Map<String, String> texts = new TreeMap<>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.filter(Files::isRegularFile).toList()) {
          texts.put(folder.relativize(file).toString().replace('\\', '/'), Files.readString(file));
        }
      }
    }
    return texts;
  }

  private static void write(Path folder, Map<String, String> statements) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.walk(folder)) {
        for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
    for (Map.Entry<String, String> statement : withEnds(statements).entrySet()) {
      Path file = folder.resolve(statement.getKey());
      Files.createDirectories(file.resolveSibling(""));
      Files.writeString(file, statement.getValue());
    }
  }
}
