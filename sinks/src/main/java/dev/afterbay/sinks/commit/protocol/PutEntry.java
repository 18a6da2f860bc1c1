package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.sinks.tostorage.PutAnswer;

/**
 * Put our entry where none stands: the commit point.
 *
 * @param ours its uploads are staged, the entry before it is published
 */
public record PutEntry(Entry ours) implements Step {
  /** The step that follows. */
  public Step on(PutAnswer answer) {
    if (answer instanceof PutAnswer.Created) {
      return CompleteFile.firstOf(ours, Purpose.OURS);
    }
    if (answer instanceof PutAnswer.Unknown unknown) {
      return new ReadEntry(ours, unknown.why());
    }
    return new ReadEntry(ours, "the store said that an entry stands there");
  }
}
