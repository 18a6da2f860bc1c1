package dev.afterbay.transforms.wire;

/**
 * The scanner came to something that it does not read; it may be JSON all the same. Thrown a lot
 * where a stream is odd, so there is one of it, without a trace.
 */
public final class UnusualJson extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private static final UnusualJson INSTANCE = new UnusualJson();

  private UnusualJson() {
    super("JSON that is not read here", null, false, false);
  }

  /** The one. */
  public static UnusualJson here() {
    return INSTANCE;
  }
}
