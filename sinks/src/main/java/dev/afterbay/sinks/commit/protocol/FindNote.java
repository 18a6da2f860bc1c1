package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.sinks.commit.protocol.Observed.Absent;
import dev.afterbay.sinks.commit.protocol.Observed.Present;
import dev.afterbay.sinks.commit.protocol.Verdict.Halt;
import dev.afterbay.sinks.commit.protocol.Verdict.Halted;

/**
 * Look whether the object is there that tells of a committed gap, or of a rewind that is complete:
 * because the put of it did not say that it made it, or because another process is to put it.
 *
 * @param progress of the entry that is the gap or the rewind
 * @param ifAbsent what it means if it is not
 * @param doubt what was said to the put, or why it matters
 */
public record FindNote(Publication progress, Halt ifAbsent, String doubt) implements Step {
  /** The entry that is the gap or the rewind. */
  public Entry entry() {
    return progress.entry();
  }

  /**
   * The step that follows.
   *
   * @param size of the object
   */
  public Step on(Observed<Long> size) {
    if (size instanceof Present<Long>) {
      return progress.purpose().published(entry());
    }
    String what =
        "The " + (entry().gap().isPresent() ? "gap" : "rewind") + " of commit " + entry().id();
    return size instanceof Absent<Long>
        ? new Halted(ifAbsent, what + " is not noted: " + doubt)
        : new Halted(Halt.UNCERTAIN, what + " may or may not be noted: " + doubt);
  }
}
