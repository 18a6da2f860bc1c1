package dev.afterbay.sinks.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RemadeFilesTest {
  private static final Lake LAKE = new Lake("lake");
  private static final ObjectKey FILE = new ObjectKey("lake/table/changes/file.parquet");

  private final MemoryObjectStore store = new MemoryObjectStore();

  @Test
  void theNewestNoteTellsTheSize() {
    assertThat(RemadeFiles.size(store, LAKE, FILE)).isEmpty();

    RemadeFiles.note(store, LAKE, FILE, 4_711);
    assertThat(RemadeFiles.size(store, LAKE, FILE)).hasValue(4_711);

    RemadeFiles.note(store, LAKE, FILE, 4_712);
    assertThat(RemadeFiles.size(store, LAKE, FILE)).hasValue(4_712);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}", "{\"size\":}", "{\"size\":-1}", "{\"size\":1}}"})
  void aNoteThatMakesNoSenseTellsNothing(String garbage) {
    store.overwrite(LAKE.remade(FILE), garbage.getBytes(UTF_8));

    assertThat(RemadeFiles.size(store, LAKE, FILE)).isEmpty();
  }
}
