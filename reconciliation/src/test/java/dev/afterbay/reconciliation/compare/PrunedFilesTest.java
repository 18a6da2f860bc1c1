package dev.afterbay.reconciliation.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.StoredObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrunedFilesTest {
  private static final int COLUMNS = 7;
  private static final int FILES = 3;

  @TempDir Path folder;
  private final MemoryObjectStore store = new MemoryObjectStore();
  private final List<StoredObject> objects = new ArrayList<>();
  private final List<Path> whole = new ArrayList<>();

  /** Files of several row groups, in which a column takes from nothing to a megabyte. */
  @BeforeEach
  void write() throws IOException {
    String columns =
        IntStream.range(0, COLUMNS)
            .mapToObj(
                c ->
                    "repeat(md5((i * %d)::VARCHAR), %d) AS c%d"
                        .formatted(c + 3, c % 3 == 0 ? 1 : c * 2, c))
            .reduce((one, other) -> one + ", " + other)
            .orElseThrow();
    try (Duck duck = Duck.inMemory(new Duck.Limits(512L << 20, 1, folder))) {
      for (int file = 0; file < FILES; file++) {
        Path path = folder.resolve("whole-" + file + ".parquet");
        duck.run(
            "COPY (SELECT %s FROM range(%d) t(i)) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 4096)"
                .formatted(columns, 3000 * (file + 1), path));
        ObjectKey key = new ObjectKey("data/" + file + ".parquet");
        byte[] content = Files.readAllBytes(path);
        store.overwrite(key, content);
        objects.add(new StoredObject(key, content.length));
        whole.add(path);
      }
    }
  }

  @Test
  void anyColumnsOfACopyAreThoseOfTheFile() {
    Random random = new Random(6);
    for (int run = 0; run < 20; run++) {
      TreeSet<String> columns = new TreeSet<>();
      random.ints(1 + random.nextInt(COLUMNS), 0, COLUMNS).forEach(c -> columns.add("c" + c));

      List<Path> copies =
          new PrunedFiles(store).copy(objects, columns, folder.resolve("run-" + run));

      assertThat(sums(copies, columns)).describedAs("%s", columns).isEqualTo(sums(whole, columns));
    }
  }

  @Test
  void noMoreIsFetchedThanTheColumnsNeed() {
    PrunedFiles files = new PrunedFiles(store);
    long all = objects.stream().mapToLong(StoredObject::size).sum();

    files.copy(objects, new TreeSet<>(List.of("c0")), folder.resolve("few"));

    assertThat(files.bytes()).isBetween(all / 100, all / 8);
  }

  @Test
  void everythingIsFetchedOnceAtMost() {
    PrunedFiles files = new PrunedFiles(store);
    long all = objects.stream().mapToLong(StoredObject::size).sum();
    TreeSet<String> columns = new TreeSet<>();
    IntStream.range(0, COLUMNS).forEach(c -> columns.add("c" + c));

    files.copy(objects, columns, folder.resolve("all"));

    assertThat(files.bytes()).isBetween(all * 9 / 10, all);
  }

  @Test
  void aFileThatIsNoneIsNamed() {
    ObjectKey key = new ObjectKey("data/torn.parquet");
    store.overwrite(key, new byte[100]);

    assertThatExceptionOfType(LakeException.class)
        .isThrownBy(
            () ->
                new PrunedFiles(store)
                    .copy(
                        List.of(new StoredObject(key, 100)),
                        new TreeSet<>(List.of("c0")),
                        folder.resolve("torn")))
        .withMessage(
            "The file 'data/torn.parquet' cannot be read: it does not end as a Parquet file does;"
                + " run fsck");
  }

  private List<String> sums(List<Path> files, TreeSet<String> columns) {
    List<String> sums = new ArrayList<>();
    try (Duck duck = Duck.inMemory(new Duck.Limits(512L << 20, 1, folder))) {
      for (String column : columns) {
        duck.ask(
            "SELECT count(*) || ' ' || sum(hash(%s)::HUGEINT) FROM read_parquet(%s)"
                .formatted(column, Duck.files(files)),
            row -> sums.add(row.getString(1)));
      }
    }
    return sums;
  }
}
