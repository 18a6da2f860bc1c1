package dev.afterbay.transforms.fromstream;

import org.jspecify.annotations.Nullable;

/** An attribute that cannot be decoded, with the path to it, which grows from the inside out. */
final class UnusableAttribute extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String reason;
  private final String summary;

  UnusableAttribute(String reason, String summary, @Nullable Throwable cause) {
    this("", reason, summary, cause);
  }

  private UnusableAttribute(String path, String reason, String summary, @Nullable Throwable cause) {
    super(path + " " + reason, cause);
    this.path = path;
    this.reason = reason;
    this.summary = summary;
  }

  UnusableAttribute inside(String step) {
    return new UnusableAttribute(step + path, reason, summary, getCause());
  }

  /** What kind of thing it is, such as {@code an unusable N}, without name and content. */
  String summary() {
    return summary;
  }
}
