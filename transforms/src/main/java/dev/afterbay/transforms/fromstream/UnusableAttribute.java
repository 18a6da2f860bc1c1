package dev.afterbay.transforms.fromstream;

import org.jspecify.annotations.Nullable;

/** An attribute that cannot be decoded, with the path to it, which grows from the inside out. */
final class UnusableAttribute extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String path;
  private final String reason;

  UnusableAttribute(String reason, @Nullable Throwable cause) {
    this("", reason, cause);
  }

  private UnusableAttribute(String path, String reason, @Nullable Throwable cause) {
    super(path + " " + reason, cause);
    this.path = path;
    this.reason = reason;
  }

  UnusableAttribute inside(String step) {
    return new UnusableAttribute(step + path, reason, getCause());
  }
}
