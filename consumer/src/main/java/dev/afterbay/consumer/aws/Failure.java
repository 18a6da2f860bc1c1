package dev.afterbay.consumer.aws;

import java.util.List;

/**
 * Something that went wrong outside of this program, told to its user in sentences that say what,
 * which and the way out.
 */
public final class Failure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A failure in one sentence. */
  public Failure(String sentence) {
    super(sentence);
  }

  /** A failure in one sentence, with what caused it. */
  public Failure(String sentence, Throwable cause) {
    super(sentence, cause);
  }

  /** Several failures, one sentence a line. */
  public Failure(List<String> sentences) {
    super(String.join("\n", sentences));
  }
}
