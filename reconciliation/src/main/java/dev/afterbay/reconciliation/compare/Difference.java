package dev.afterbay.reconciliation.compare;

import dev.afterbay.transforms.image.Image;
import java.util.Optional;

/**
 * A key of which lake and source tell otherwise.
 *
 * @param key the key attributes
 * @param lakeDigest of the item in the lake; empty if there is none
 * @param sourceDigest of the item in the source; empty if there is none
 */
public record Difference(Image key, Optional<String> lakeDigest, Optional<String> sourceDigest) {
  /** Checks that it is one. */
  public Difference {
    if (lakeDigest.equals(sourceDigest)) {
      throw new IllegalArgumentException("Lake and source agree on the key " + key);
    }
  }

  /** How they differ. */
  public Verdict verdict() {
    if (lakeDigest.isEmpty()) {
      return Verdict.MISSING;
    }
    return sourceDigest.isEmpty() ? Verdict.PHANTOM : Verdict.STALE;
  }
}
