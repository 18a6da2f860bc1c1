package dev.afterbay.local.glue;

import dev.afterbay.local.awsjson.RefusedCallException;

/** The errors of the catalog, under AWS's names. */
final class GlueErrors {
  static final String INVALID_INPUT = "InvalidInputException";

  private GlueErrors() {}

  static RefusedCallException notFound(String message) {
    return new RefusedCallException("EntityNotFoundException", message);
  }

  static RefusedCallException alreadyExists(String message) {
    return new RefusedCallException("AlreadyExistsException", message);
  }

  static RefusedCallException invalid(String message) {
    return new RefusedCallException(INVALID_INPUT, message);
  }

  static RefusedCallException concurrentModification() {
    return new RefusedCallException(
        "ConcurrentModificationException", "Update table failed due to concurrent modifications.");
  }
}
