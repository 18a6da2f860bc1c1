package dev.afterbay.consumer.worker;

/** Stops the whole process, because going on could lose or double a record. */
@FunctionalInterface
interface Halt {
  /**
   * Asks for the stop and returns at once; the first call counts.
   *
   * @param reason in a sentence, with the way out
   * @param cause what happened
   */
  void because(String reason, Throwable cause);
}
