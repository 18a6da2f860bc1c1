package dev.afterbay.sinks.commit.protocol;

/** What was seen when looking at one thing in the store. */
public sealed interface Observed<T> {
  /** The thing is there. */
  record Present<T>(T value) implements Observed<T> {}

  /** The thing is not there now. */
  record Absent<T>() implements Observed<T> {}

  /**
   * The thing is there, but makes no sense.
   *
   * @param why what is wrong with it
   */
  record Unreadable<T>(String why) implements Observed<T> {}

  /**
   * The store gave no answer.
   *
   * @param why what it or the network said
   */
  record Unanswered<T>(String why) implements Observed<T> {}
}
