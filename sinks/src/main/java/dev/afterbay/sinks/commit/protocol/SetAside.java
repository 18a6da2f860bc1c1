package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.sinks.tostorage.ObjectKey;

/**
 * Keep one file of a committed rewind elsewhere and delete it where it is visible. No upload can
 * bring it back: all that the log named were completed before the rewind was committed.
 *
 * @param progress of the rewind
 * @param index of the file, from 0
 */
public record SetAside(Publication progress, int index) implements Step {
  /** What came of it. */
  public sealed interface Answer {
    /** The file is not visible. */
    record Done() implements Answer {}

    /**
     * The store gave no answer, or refused.
     *
     * @param why what it said
     */
    record Unknown(String why) implements Answer {}
  }

  /** The first step of completing a rewind that is in the log. */
  public static Step allOf(Entry rewind) {
    return new Publication(rewind, 0, Purpose.REWINDING).step();
  }

  static Step firstOf(Publication progress) {
    return at(progress, 0);
  }

  /** The rewind. */
  public Entry entry() {
    return progress.entry();
  }

  /** The file. */
  public ObjectKey file() {
    return entry().rewind().orElseThrow().setAside().get(index);
  }

  /** The step that follows. */
  public Step on(Answer answer) {
    if (answer instanceof Answer.Done) {
      return at(progress, index + 1);
    }
    return new Verdict.Halted(
        Verdict.Halt.UNCERTAIN,
        "File '" + file() + "' may or may not be set aside: " + ((Answer.Unknown) answer).why());
  }

  private static Step at(Publication progress, int index) {
    return index < progress.entry().rewind().orElseThrow().setAside().size()
        ? new SetAside(progress, index)
        : new PutNote(progress);
  }
}
