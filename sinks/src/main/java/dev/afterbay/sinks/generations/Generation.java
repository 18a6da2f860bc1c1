package dev.afterbay.sinks.generations;

import dev.afterbay.transforms.change.TableName;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of the tables that an entity's rows are or were in.
 *
 * @param table the source table
 * @param number from 1; higher ones are newer
 * @param definition of its rows
 * @param coverage what it held from the beginning
 * @param begunAt when its rederivation was begun; empty of one that a worker began
 */
public record Generation(
    TableName table,
    int number,
    Definition definition,
    Coverage coverage,
    Optional<Instant> begunAt) {
  private static final Pattern FOLDER = Pattern.compile("(.+)__g([0-9]+)");

  /** What the rows of a generation go back to. */
  public enum Coverage {
    /** The lake's first change: the generation began with the lake, or is rederived. */
    WHOLE,
    /** Some moment after the lake's first change, as far as anybody knows. */
    UNKNOWN
  }

  /** Checks the number. */
  public Generation {
    if (number < 1) {
      throw new IllegalArgumentException("Not a generation: " + number);
    }
  }

  /** The name of the entity. */
  public String entity() {
    return definition.entity().name();
  }

  /** The folder of its changes, and the name of its schemas in the schema log. */
  public String folder() {
    return folder(entity(), number);
  }

  /** The folder of a generation of an entity; the first one's is the entity's name. */
  public static String folder(String entity, int number) {
    return number == 1 ? entity : entity + "__g" + number;
  }

  /** The entity that a folder of {@link #folder()} belongs to. */
  public static String entityOf(String folder) {
    Matcher matcher = FOLDER.matcher(folder);
    return matcher.matches() ? matcher.group(1) : folder;
  }
}
