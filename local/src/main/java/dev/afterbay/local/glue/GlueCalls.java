package dev.afterbay.local.glue;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** What was asked of a {@link GlueServer}, refused and unknown calls included. */
public final class GlueCalls {
  private final List<String> names = new CopyOnWriteArrayList<>();

  GlueCalls() {}

  void add(String operation) {
    names.add(operation);
  }

  /** The names of the operations, in the order in which they were asked for. */
  public List<String> names() {
    return List.copyOf(names);
  }

  /** How often an operation was asked for, for example {@code UpdateTable}. */
  public long count(String operation) {
    return names.stream().filter(operation::equals).count();
  }

  /** Forgets all calls so far. */
  public void clear() {
    names.clear();
  }
}
