package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.sinks.tostorage.PutAnswer;

/**
 * Put the object that tells of a committed gap, or of a rewind that is complete, unless it is
 * there: whoever looks for them need not read every entry of every log.
 *
 * @param progress of the entry that is the gap, whose files are visible, or the rewind, whose files
 *     are set aside
 */
public record PutNote(Publication progress) implements Step {
  /** The entry that is the gap or the rewind. */
  public Entry entry() {
    return progress.entry();
  }

  /** The step that follows. */
  public Step on(PutAnswer answer) {
    if (answer instanceof PutAnswer.Created) {
      return progress.purpose().published(entry());
    }
    return new FindNote(
        progress,
        Verdict.Halt.UNCERTAIN,
        answer instanceof PutAnswer.Unknown unknown
            ? unknown.why()
            : "the store said that the object stands there");
  }
}
