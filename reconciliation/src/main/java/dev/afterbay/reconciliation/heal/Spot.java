package dev.afterbay.reconciliation.heal;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamLabel;
import java.util.Comparator;

/** A place in the order of changes, but for the time. */
record Spot(StreamLabel stream, SequenceNumber sequenceNumber) implements Comparable<Spot> {
  private static final Comparator<Spot> ORDER =
      Comparator.comparing(Spot::stream).thenComparing(Spot::sequenceNumber);

  boolean isAfter(Spot other) {
    return compareTo(other) > 0;
  }

  @Override
  public int compareTo(Spot other) {
    return ORDER.compare(this, other);
  }
}
