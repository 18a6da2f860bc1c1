package dev.afterbay.sinks.toparquet;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.parquet.bytes.BytesInput;
import org.junit.jupiter.api.Test;

class ZstdCompressorTest {
  private static final int THREADS = 16;
  private static final int PAGES = 40;

  @Test
  void pagesOfManyThreadsAndAllSizesComeBackAsTheyWere() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(THREADS);
    try {
      List<Future<Integer>> compressed = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        long seed = thread;
        compressed.add(threads.submit(() -> compressAll(new SplittableRandom(seed))));
      }
      for (Future<Integer> pages : compressed) {
        assertThat(pages.get()).isEqualTo(PAGES);
      }
    } finally {
      threads.shutdownNow();
    }
  }

  @Test
  void anEmptyPageIsAFrameToo() throws Exception {
    byte[] frame = ZstdCompressor.compressed(BytesInput.empty());

    assertThat(Zstd.decompress(frame, 0)).isEmpty();
  }

  private static int compressAll(SplittableRandom random) throws Exception {
    int pages = 0;
    for (int i = 0; i < PAGES; i++) {
      byte[] plain = new byte[random.nextInt(1 << random.nextInt(1, 20))];
      random.nextBytes(plain);
      byte[] frame = ZstdCompressor.compressed(BytesInput.from(plain));
      assertThat(Zstd.decompress(frame, plain.length)).isEqualTo(plain);
      pages++;
    }
    return pages;
  }
}
