package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.sinks.commit.protocol.Observed.Absent;
import dev.afterbay.sinks.commit.protocol.Observed.Present;
import dev.afterbay.sinks.commit.protocol.Observed.Unreadable;
import dev.afterbay.sinks.commit.protocol.Verdict.Halt;
import dev.afterbay.sinks.commit.protocol.Verdict.Halted;

/**
 * Read the entry that stands where ours should: it decides what our put came to.
 *
 * @param ours the entry that was put
 * @param doubt what was said to the put
 */
public record ReadEntry(Entry ours, String doubt) implements Step {
  /** The step that follows. */
  public Step on(Observed<Entry> seen) {
    if (seen instanceof Present<Entry> present) {
      return present.value().id().equals(ours.id())
          ? CompleteFile.firstOf(ours, Purpose.OURS)
          : DropUpload.firstOf(ours);
    }
    if (seen instanceof Unreadable<Entry> unreadable) {
      return new Halted(
          Halt.DAMAGED, what() + " cannot be read: " + unreadable.why() + "; run fsck");
    }
    if (seen instanceof Absent<Entry>) {
      return new Halted(
          Halt.UNCERTAIN,
          what() + " is not there, but the request to put it may yet arrive (" + doubt + ")");
    }
    return new Halted(
        Halt.UNCERTAIN,
        what()
            + " may or may not be there: "
            + doubt
            + "; "
            + ((Observed.Unanswered<?>) seen).why());
  }

  private String what() {
    return "The entry of " + ours.shard() + " after " + ours.after();
  }
}
