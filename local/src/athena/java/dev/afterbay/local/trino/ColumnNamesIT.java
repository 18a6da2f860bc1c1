package dev.afterbay.local.trino;

import static dev.afterbay.local.trino.TestLake.changes;
import static dev.afterbay.local.trino.TestLake.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which names of attributes an engine can take as columns, and which not. */
class ColumnNamesIT {
  private static final String DAY = "2026-10-01";

  @TempDir static Path dir;

  private static TestLake lake;
  private static int tables;

  @BeforeAll
  static void start() {
    lake = new TestLake(dir);
  }

  @AfterAll
  static void stop() {
    lake.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "PK", "_x", "order", "2fa", "größe", "Größe", "GRÖßE", "日本", "😀", "a b", " a", "a ",
            "a\tb",
        "a-b", "a.b", "a,b", "a:b", "a;b", "a#b", "a@b", "a$b", "a%b", "a&b", "a/b", "a\\b", "a\"b",
        "a`b", "a'b", "a=b", "a?b", "a*b", "a+b", "a|b", "a!b", "a~b", "a^b", "a(b)", "a{b}", "a<b>"
      })
  void aColumnOfAnyNameIsReadInSmallLettersAndInQuotes(String name) throws Exception {
    String folded = name.toLowerCase(Locale.ROOT);
    String table = textOf(name, folded);

    assertThat(ask(quoted(folded), table)).containsExactly(List.of("v"));
    assertThat(ask("*", table)).containsExactly(List.of("v", 1, DAY, "09"));
    lake.trino()
        .run(
            "lake",
            "CREATE VIEW v%1$s AS SELECT %2$s, dt FROM %1$s".formatted(table, quoted(folded)));
    assertThat(ask(quoted(folded), "v" + table)).containsExactly(List.of("v"));
  }

  @Test
  void aCapitalWithoutASmallLetterOfItsOwnIsReadUnderTwoLetters() throws Exception {
    String table = textOf("İd", "i̇d");
    String other = textOf("İd", "id");

    assertThat(ask(quoted("i̇d"), table)).containsExactly(List.of("v"));
    assertThat(ask("id IS NULL", other)).containsExactly(List.of(true));
  }

  @Test
  void aColumnMayNotBearTheNameOfAPartitionKeyNorOfAHiddenColumn() throws Exception {
    String key = textOf("Dt", "dt");
    String hidden = textOf("$path", "$path");

    assertThatThrownBy(() -> ask("other", key))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Table descriptor contains duplicate columns");
    assertThatThrownBy(() -> ask("other", hidden))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("Multiple entries with same key: $path");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"A", "_x", "order", "2fa", "größe", "日本", "dt", "int", "a b", "a.b", "a$b"})
  void aFieldOfAStructMayHaveLettersDigitsAndFewSigns(String name) throws Exception {
    String table = structOf(name);

    assertThat(ask("c." + quoted(name), table)).containsExactly(List.of(7));
  }

  @ParameterizedTest
  @ValueSource(strings = {"a-b", "a:b", "a/b", "a,b", "a;b", "a#b", "a@b", "a`b", "a<b>", "a(b)"})
  void anyOtherFieldOfAStructMakesItsWholeTableUnreadable(String name) throws Exception {
    String table = structOf(name);

    assertThatThrownBy(() -> ask("other", table))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("IllegalArgumentException: Error: ")
        .hasMessageContaining("expected at the position");
  }

  private static List<List<Object>> ask(String column, String table) throws SQLException {
    return lake.rows("SELECT %s FROM %s WHERE dt = '%s'".formatted(column, table, DAY));
  }

  private static String textOf(String inFile, String inCatalog) throws Exception {
    return table("'v' AS " + quoted(inFile), inCatalog, "string");
  }

  private static String structOf(String field) throws Exception {
    String type = "struct<%s:int,z:int>".formatted(field.toLowerCase(Locale.ROOT));
    return table("struct_pack(%s := 7, z := 8) AS c".formatted(quoted(field)), "c", type);
  }

  /** A table with one row, and the column {@code other} beside the given one. */
  private static String table(String value, String column, String type) throws Exception {
    String name = "t" + tables++;
    lake.write(name, DAY, "09", "SELECT " + value + ", 1 AS other");
    lake.create(changes(name, column(column, type), column("other", "int")));
    return name;
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
