package dev.afterbay.local.export;

/** Changes of a table are not known here, so that an export of it would be false. */
public final class HistoryException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  /** The sentence becomes the export's failure message. */
  public HistoryException(String sentence) {
    super(sentence);
  }
}
