package dev.afterbay.local.workload;

import org.jspecify.annotations.Nullable;

/**
 * One line of a scenario.
 *
 * @param failure the error code that the service must answer, or null when it must succeed
 */
record Step(String says, Write write, @Nullable String failure) {
  int changes() {
    return failure == null ? write.changes() : 0;
  }
}
