package dev.afterbay.consumer.watch;

import dev.afterbay.consumer.status.LeaseRows;

/** What came of one look at a lease table. */
sealed interface Sighting {
  /** It says this. */
  record Seen(LeaseRows rows) implements Sighting {}

  /** There is no such table. */
  record NoTable() implements Sighting {}

  /** It could not be read. */
  record NoAnswer(String why) implements Sighting {}
}
