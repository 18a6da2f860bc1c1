package dev.afterbay.sinks.segment;

/**
 * Something in the lake that is not as it must be, so that nothing can go on from it; told in a
 * sentence with the way out.
 */
public final class LakeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** A finding in one sentence. */
  public LakeException(String sentence) {
    super(sentence);
  }

  /** A finding in one sentence, with what caused it. */
  public LakeException(String sentence, Throwable cause) {
    super(sentence, cause);
  }
}
