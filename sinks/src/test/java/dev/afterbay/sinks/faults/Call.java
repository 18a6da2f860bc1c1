package dev.afterbay.sinks.faults;

import java.util.function.Function;

/**
 * One call of a writer to its store.
 *
 * @param number of the call among the writer's, from 1
 * @param verb what is asked
 * @param request makes the request arrive at the store, each time that it is applied
 * @param answers what the port answers, or throws, for each reply other than a success
 * @param cut as the request, but what is listed breaks off; other answers are lost
 * @param uploads of the writer that wait in the store; dropped when it runs
 */
public record Call<T>(
    int number,
    Verb verb,
    Effect<T> request,
    Function<Reply, T> answers,
    Effect<T> cut,
    Runnable uploads) {
  /** A request that arrives at the store. */
  @FunctionalInterface
  public interface Effect<T> {
    /** Lets it arrive. */
    T apply();
  }

  /** Lets the request arrive. */
  public T apply() {
    return request.apply();
  }

  /** Gives, or throws, what the port makes of a reply. */
  public T answer(Reply reply) {
    return answers.apply(reply);
  }

  /** Drops the uploads that the writer began, as a lifecycle rule does. */
  void loseUploads() {
    uploads.run();
  }
}
