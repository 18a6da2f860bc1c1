package dev.afterbay.consumer.leader;

import dev.afterbay.consumer.preflight.TableFacts;
import java.time.Duration;

/** Something that is done now and then for each table. Called from one thread. */
public interface LeaderTask {
  /** What its thread is called. */
  String name();

  /** How long to rest between two looks. */
  Duration interval();

  /** Looks at a table, in every process, and tells whether there is something to do. */
  boolean look(TableFacts facts);

  /**
   * Does it, in the process that leads.
   *
   * @param telling for what somebody should know
   */
  Result work(TableFacts facts, Telling telling) throws InterruptedException;

  /** What work came to. */
  enum Result {
    /** There is nothing more to do. */
    DONE,
    /** Something is left, for which it is tried again after a while. */
    LATER
  }

  /** Passes sentences on to whoever runs the service, each once. */
  @FunctionalInterface
  interface Telling {
    /** Tells a sentence. */
    void tell(String sentence);
  }
}
