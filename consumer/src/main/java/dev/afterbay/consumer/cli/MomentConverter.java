package dev.afterbay.consumer.cli;

import java.time.DateTimeException;
import java.time.Instant;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads a moment to the second. */
final class MomentConverter implements ITypeConverter<Instant> {
  @Override
  public Instant convert(String text) {
    try {
      Instant moment = Instant.parse(text);
      if (moment.getNano() == 0) {
        return moment;
      }
    } catch (DateTimeException e) {
      throw refused(text);
    }
    throw refused(text);
  }

  private static TypeConversionException refused(String text) {
    return new TypeConversionException(
        "'"
            + text
            + "' is not a moment to the second, in UTC; write for example 2026-11-21T05:00:00Z");
  }
}
