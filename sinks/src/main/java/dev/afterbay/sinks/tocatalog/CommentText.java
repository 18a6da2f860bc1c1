package dev.afterbay.sinks.tocatalog;

/** Comments as Glue takes them: on one line, and not too long. */
final class CommentText {
  private CommentText() {}

  /**
   * The comment, cut if need be, which an ellipsis shows.
   *
   * @param longest number of UTF-16 units
   */
  static String fitting(String comment, int longest) {
    String line = comment.replaceAll("\\s+", " ").replaceAll("\\p{Cntrl}", "").strip();
    if (line.length() <= longest) {
      return line;
    }
    int end = longest - 1;
    return line.substring(0, Character.isHighSurrogate(line.charAt(end - 1)) ? end - 1 : end) + "…";
  }
}
