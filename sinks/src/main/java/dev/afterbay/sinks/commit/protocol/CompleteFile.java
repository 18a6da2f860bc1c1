package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.CompleteAnswer;

/**
 * Make one file of a committed entry visible.
 *
 * @param progress which file of which entry
 */
public record CompleteFile(Publication progress) implements Step {
  static Step firstOf(Entry entry, Purpose purpose) {
    return new Publication(entry, 0, purpose).step();
  }

  /** The file whose upload is to be completed. */
  public StagedFile file() {
    return progress.file();
  }

  /** The step that follows. */
  public Step on(CompleteAnswer answer) {
    if (answer instanceof CompleteAnswer.Completed) {
      return progress.next().step();
    }
    if (answer instanceof CompleteAnswer.Unknown unknown) {
      return new InspectFile(progress, Verdict.Halt.UNCERTAIN, unknown.why());
    }
    return new InspectFile(
        progress,
        Verdict.Halt.DAMAGED,
        "its upload is gone too: was it aborted by hand or by a lifecycle rule?");
  }
}
