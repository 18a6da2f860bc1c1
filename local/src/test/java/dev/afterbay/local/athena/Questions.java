package dev.afterbay.local.athena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The questions in {@code athena-ddl/questions}. */
final class Questions {
  private static final Path FOLDER = Path.of("..", "athena-ddl", "questions");

  /** The first day of the month that they ask about. */
  static final LocalDate FIRST = LocalDate.of(2026, 10, 20);

  private static final Pattern DAY = Pattern.compile("'(\\d{4}-\\d{2}-\\d{2})'");

  private Questions() {}

  /** The same with all days moved, for a month that begins on another one. */
  static Map<String, String> all(LocalDate first) {
    long days = ChronoUnit.DAYS.between(FIRST, first);
    Map<String, String> moved = all();
    moved.replaceAll(
        (name, sql) ->
            DAY.matcher(sql)
                .replaceAll(day -> "'" + LocalDate.parse(day.group(1)).plusDays(days) + "'"));
    return moved;
  }

  /** Their SQL by the name of their file, without its ending. */
  static Map<String, String> all() {
    Map<String, String> questions = new TreeMap<>();
    try (Stream<Path> files = Files.list(FOLDER)) {
      for (Path file : files.filter(name -> name.toString().endsWith(".sql")).toList()) {
        questions.put(file.getFileName().toString().replace(".sql", ""), Files.readString(file));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return questions;
  }
}
