package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.sinks.commit.protocol.Observed.Absent;
import dev.afterbay.sinks.commit.protocol.Observed.Present;
import dev.afterbay.sinks.commit.protocol.Verdict.Halt;
import dev.afterbay.sinks.commit.protocol.Verdict.Halted;

/**
 * Look whether the object that tells of a committed gap is there, because the put of it did not say
 * that it made it.
 *
 * @param progress of the entry that is the gap
 * @param doubt what was said to the put
 */
public record FindNote(Publication progress, String doubt) implements Step {
  /** The entry that is the gap. */
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
    String what = "The gap of commit " + entry().id();
    return new Halted(
        Halt.UNCERTAIN,
        size instanceof Absent<Long>
            ? what + " is not noted: " + doubt
            : what + " may or may not be noted: " + doubt);
  }
}
