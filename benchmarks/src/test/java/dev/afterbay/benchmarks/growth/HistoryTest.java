package dev.afterbay.benchmarks.growth;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HistoryTest {
  @TempDir private Path scratch;

  @Test
  void aStartAfterManyDaysAsksNoMoreThanAfterFewIfThereWasOneEachDay() {
    History history = new History(4, 2, scratch);
    long few = readsOfAStartAfter(history, 4);

    assertThat(readsOfAStartAfter(history, 12)).isLessThanOrEqualTo(few + 20);
  }

  private static long readsOfAStartAfter(History history, int days) {
    CountingStore.Requests before = history.store().requests();
    for (int day = 0; day < days; day++) {
      history.day();
      before = history.store().requests();
      history.start();
    }
    return history.store().requests().since(before).reads();
  }
}
