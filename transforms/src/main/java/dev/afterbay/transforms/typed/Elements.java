package dev.afterbay.transforms.typed;

import dev.afterbay.transforms.image.Value;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of a value of several parts: each must fit, and one other spelling is one of all.
 */
final class Elements {
  private boolean respelled;
  private @Nullable Fit misfit;

  /** The content of a part; null if it does not fit, and then the others need not be asked. */
  @Nullable Object content(ColumnType type, Value value) {
    Fit fit = type.fit(value);
    if (fit instanceof Fit.Exact exact) {
      return exact.content();
    }
    if (fit instanceof Fit.Respelled other) {
      respelled = true;
      return other.content();
    }
    misfit = fit;
    return null;
  }

  /** Adds the content of a part, unless it does not fit. */
  boolean add(ColumnType type, Value value, Collection<Object> contents) {
    Object content = content(type, value);
    return content != null && contents.add(content);
  }

  /** What became of the whole. */
  Fit fit(Object content) {
    if (misfit != null) {
      return misfit;
    }
    return respelled ? new Fit.Respelled(content) : new Fit.Exact(content);
  }
}
