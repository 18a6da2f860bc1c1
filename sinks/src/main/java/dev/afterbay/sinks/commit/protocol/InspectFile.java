package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.sinks.commit.protocol.Observed.Absent;
import dev.afterbay.sinks.commit.protocol.Observed.Present;
import dev.afterbay.sinks.commit.protocol.Observed.Unanswered;
import dev.afterbay.sinks.commit.protocol.Verdict.Halt;
import dev.afterbay.sinks.commit.protocol.Verdict.Halted;
import dev.afterbay.sinks.segment.StagedFile;

/**
 * Look whether one file of a committed entry stands under its key with its size.
 *
 * @param progress which file of which entry
 * @param ifAbsent what it means if it does not
 * @param doubt what was said when it was completed
 */
public record InspectFile(Publication progress, Halt ifAbsent, String doubt) implements Step {
  /** The file to look at. */
  public StagedFile file() {
    return progress.file();
  }

  /**
   * The step that follows.
   *
   * @param size of the object under the file's key
   */
  public Step on(Observed<Long> size) {
    if (size instanceof Present<Long> present) {
      return present.value() == file().size()
          ? progress.next().step()
          : new Halted(
              Halt.DAMAGED,
              what() + " has " + present.value() + " bytes instead of " + file().size());
    }
    if (size instanceof Absent<Long>) {
      return FindLast.toExplain(progress.entry(), ifAbsent, what() + " is not visible: " + doubt);
    }
    if (size instanceof Unanswered<Long> unanswered) {
      return new Halted(
          Halt.UNCERTAIN,
          what() + " may or may not be visible: " + doubt + "; " + unanswered.why());
    }
    return new Halted(
        Halt.DAMAGED, what() + " makes no sense: " + ((Observed.Unreadable<Long>) size).why());
  }

  private String what() {
    return "File '" + file().key() + "' of commit " + progress.entry().id();
  }
}
