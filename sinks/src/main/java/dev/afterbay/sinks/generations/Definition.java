package dev.afterbay.sinks.generations;

import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.Entity;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the rows of a generation are made by. Two that make the same rows of everything have the
 * same {@link #text()}.
 *
 * @param entity with a table of its own
 * @param protect what is left of the sensitive attributes of its source table
 */
public record Definition(Entity entity, Map<String, Protection.Rule> protect) {
  /** Copies the rules, in order. */
  public Definition {
    if (entity.mirrorOf().isPresent()) {
      throw new IllegalArgumentException("'" + entity.name() + "' is a mirror, without a table");
    }
    protect = Collections.unmodifiableMap(new TreeMap<>(protect));
  }

  /** The definition as JSON, the same for the same definition. */
  public String text() {
    return DefinitionJson.write(this).toString();
  }

  /** Whether both make the same rows. */
  public boolean isLike(Definition other) {
    return text().equals(other.text());
  }
}
