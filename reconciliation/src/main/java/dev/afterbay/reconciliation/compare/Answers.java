package dev.afterbay.reconciliation.compare;

import dev.afterbay.transforms.image.Image;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Takes the answers to the question of {@link ComparisonSql}, and counts them. */
final class Answers {
  private final Consumer<Difference> taker;
  private long differences;
  private long rechecked;

  Answers(Consumer<Difference> taker) {
    this.taker = taker;
  }

  /** Takes an answer about a key. */
  void take(Image key, @Nullable String lakeDigest, @Nullable String sourceDigest, int cleared) {
    if (cleared == 1) {
      rechecked++;
      return;
    }
    differences++;
    taker.accept(
        new Difference(key, Optional.ofNullable(lakeDigest), Optional.ofNullable(sourceDigest)));
  }

  Comparison.Outcome outcome(long scannedBytes) {
    return new Comparison.Outcome(differences, rechecked, scannedBytes);
  }
}
