package dev.afterbay.sinks.segment;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorkspaceTest {
  private static final int AT_ONCE = 4;

  @TempDir Path scratch;

  @Test
  void fourPartsAreInMemoryAtOnceAndNoMore() {
    Workspace workspace = Workspace.in(scratch);
    CyclicBarrier fourAreThere = new CyclicBarrier(AT_ONCE);
    AtomicInteger there = new AtomicInteger();
    AtomicInteger most = new AtomicInteger();
    Workspace.PartAction<Integer> part =
        () -> {
          most.accumulateAndGet(there.incrementAndGet(), Math::max);
          await(fourAreThere);
          return there.decrementAndGet();
        };
    ExecutorService threads = Executors.newFixedThreadPool(3 * AT_ONCE);

    List<CompletableFuture<Void>> all =
        Stream.generate(() -> CompletableFuture.runAsync(() -> run(workspace, part), threads))
            .limit(3 * AT_ONCE)
            .toList();

    all.forEach(CompletableFuture::join);
    threads.shutdown();
    assertThat(most).hasValue(AT_ONCE);
  }

  private static void run(Workspace workspace, Workspace.PartAction<Integer> part) {
    try {
      workspace.withPart(part);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private static void await(CyclicBarrier barrier) {
    try {
      barrier.await(10, TimeUnit.SECONDS);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
