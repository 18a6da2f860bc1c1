package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.commit.protocol.Entries;
import dev.afterbay.sinks.commit.protocol.Entry.Ending;
import dev.afterbay.sinks.erasures.ErasedFile;
import dev.afterbay.sinks.erasures.ErasedFiles;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import org.junit.jupiter.api.Test;

class LaterFilesTest {
  private static final Lake LAKE = new Lake("lake");

  /** A file of one row. */
  private static final StagedFile FILE =
      Entries.first(ShardFeed.shard("shardId-1"), "entry-000", 1, Ending.OPEN).files().get(0);

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final LaterFiles files = new LaterFiles(store, LAKE);

  @Test
  void aFileMayBeWhatWasCommitted() {
    assertThat(files.rows(FILE, FILE.size())).containsExactly(1L);
    assertThat(files.rows(FILE, FILE.size() + 1)).isEmpty();
  }

  @Test
  void aFileThatWasMadeOnceMoreMayHaveItsRowsInAnotherSize() {
    RemadeFiles.note(store, LAKE, FILE.key(), 7);

    assertThat(files.rows(FILE, 7)).containsExactly(1L);
    assertThat(files.rows(FILE, 8)).isEmpty();
    assertThat(files.rows(FILE, FILE.size())).containsExactly(1L);
  }

  @Test
  void aFileMayBeWhatAnyErasureLeftOfIt() {
    ErasedFiles erased = new ErasedFiles(store, LAKE);
    erased.note(FILE.key(), "erasure-1", new ErasedFile(7, 5, 1));
    erased.note(FILE.key(), "erasure-2", new ErasedFile(7, 4, 2));
    erased.note(FILE.key(), "erasure-3", new ErasedFile(8, 3, 3));

    assertThat(files.rows(FILE, 7)).containsExactlyInAnyOrder(5L, 4L);
    assertThat(files.rows(FILE, 8)).containsExactly(3L);
    assertThat(files.rows(FILE, 9)).isEmpty();
  }
}
