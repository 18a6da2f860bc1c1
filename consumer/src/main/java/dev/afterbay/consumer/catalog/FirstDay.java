package dev.afterbay.consumer.catalog;

import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.TableName;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.Optional;
import java.util.stream.Stream;

/** The first day, UTC, of which the lake has or may still get changes of a table. */
final class FirstDay {
  private static final String DAY = "dt=";
  private static final int DAY_LENGTH = DAY.length() + "2026-11-21".length();

  /** A stream holds a day, which may have begun the day before yesterday when it is all read. */
  private static final int DAYS_OF_A_STREAM = 2;

  private final ObjectStore store;
  private final Lake lake;
  private final InstantSource clock;

  FirstDay(ObjectStore store, Lake lake, InstantSource clock) {
    this.store = store;
    this.lake = lake;
    this.clock = clock;
  }

  /** Takes one listing, of which the first key tells. */
  LocalDate of(TableName table) {
    LocalDate ofStream =
        clock.instant().atZone(ZoneOffset.UTC).toLocalDate().minusDays(DAYS_OF_A_STREAM);
    String changes = lake.data(table) + LakeTable.CHANGES + "/";
    try (Stream<StoredObject> files = store.list(changes + DAY, "")) {
      return files
          .findFirst()
          .flatMap(file -> day(file.key().value().substring(changes.length())))
          .filter(ofStream::isAfter)
          .orElse(ofStream);
    }
  }

  private static Optional<LocalDate> day(String path) {
    try {
      return path.length() < DAY_LENGTH
          ? Optional.empty()
          : Optional.of(LocalDate.parse(path.substring(DAY.length(), DAY_LENGTH)));
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
