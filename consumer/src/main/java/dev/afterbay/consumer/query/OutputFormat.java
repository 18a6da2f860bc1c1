package dev.afterbay.consumer.query;

import java.io.PrintWriter;
import java.util.Locale;

/** How an answer is printed. */
public enum OutputFormat {
  /** Aligned for a person; long cells are cut. */
  TABLE,
  /** Quoted as RFC 4180 has it; NULL is an empty field, an empty text is {@code ""}. */
  CSV,
  /** An array of objects, one a line. */
  JSON;

  /** Prints answers in this format. */
  public Answer to(PrintWriter out) {
    return switch (this) {
      case TABLE -> new TableOutput(out);
      case CSV -> new CsvOutput(out);
      case JSON -> new JsonOutput(out);
    };
  }

  /** The name as the command line has it. */
  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
