package dev.afterbay.sinks.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.afterbay.sinks.commit.protocol.Entries;
import dev.afterbay.sinks.commit.protocol.Entry.Ending;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import java.util.List;
import org.junit.jupiter.api.Test;

class VisibleFilesTest {
  private static final List<StagedFile> FILES =
      Entries.first(ShardFeed.shard("shardId-1"), "entry-000", 2, Ending.OPEN).files();

  private final MemoryObjectStore store = new MemoryObjectStore();

  @Test
  void filesAreToldAsTheyStandNow() {
    store.overwrite(FILES.get(0).key(), new byte[3]);
    store.overwrite(FILES.get(1).key(), new byte[4]);

    assertThat(VisibleFiles.of(store, FILES.stream()))
        .containsExactly(
            new StoredObject(FILES.get(0).key(), 3), new StoredObject(FILES.get(1).key(), 4));
  }

  @Test
  void aFileThatIsMissingIsToldOf() {
    store.overwrite(FILES.get(0).key(), new byte[3]);

    assertThatExceptionOfType(LakeException.class)
        .isThrownBy(() -> VisibleFiles.of(store, FILES.stream()))
        .withMessage("File '" + FILES.get(1).key() + "' of the lake is missing; run fsck");
  }
}
