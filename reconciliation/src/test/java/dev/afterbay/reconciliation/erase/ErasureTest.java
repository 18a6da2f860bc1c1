package dev.afterbay.reconciliation.erase;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.reconciliation.audit.Books;
import dev.afterbay.reconciliation.compare.Duck;
import dev.afterbay.reconciliation.compare.WorkFolder;
import dev.afterbay.sinks.check.Damage;
import dev.afterbay.sinks.check.Finding;
import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ErasureTest {
  private static final List<KeyAttribute> KEYS = List.of(new KeyAttribute("Isbn", KeyType.S));
  private static final String ERASED = "b1";
  private static final String EXPORT = "exports/AWSDynamoDB/01763-abc/";

  @TempDir Path dir;
  private Books books;
  private MemoryObjectStore store;
  private VersionedBucket bucket;
  private int runs;

  /** Three files of changes, two of which tell of the book, a snapshot and an export. */
  @BeforeEach
  void aLakeOfBooks() {
    books = Books.of(dir);
    IntStream.range(0, 9)
        .forEach(i -> books.told("b" + i % 6, "title " + i, Books.NOON.plusSeconds(i * 1000L)));
    books
        .commit()
        .snapshot(Books.NOON, Books.book(ERASED, "exported"), Books.book("b2", "exported"));
    store = (MemoryObjectStore) books.store;
    export("exports/AWSDynamoDB/01763-abc/", "Books");
    export("exports/AWSDynamoDB/01764-def/", "Bookshelves");
    store.overwrite(
        new ObjectKey(books.lake.comparisons(Books.TABLE) + "comparison=1/keys.json"),
        new byte[] {1});
    bucket = new VersionedBucket(store);
  }

  private void export(String folder, String table) {
    store.overwrite(new ObjectKey(folder + "data/one.json.gz"), new byte[] {1});
    store.overwrite(
        new ObjectKey(folder + "manifest-summary.json"),
        "{\"tableArn\":\"arn:aws:dynamodb:eu-west-1:123456789012:table/%s\"}"
            .formatted(table)
            .getBytes(UTF_8));
  }

  @Test
  void everyVersionOfAnItemGoesAndNothingElse() throws IOException {
    List<String> before = rows();
    Map<ObjectKey, byte[]> objects = store.objects();

    Erased planned = erasure(ERASED).plan(new Quiet());
    assertThat(store.objects().keySet()).isEqualTo(objects.keySet());
    Erased erased = run(ERASED);

    assertThat(erased.rows()).isEqualTo(Map.of("changes", 2L, "snapshots", 1L));
    assertThat(planned.rows()).isEqualTo(erased.rows());
    assertThat(planned.deleted()).isEqualTo(erased.deleted()).isEqualTo(3);
    assertThat(erased.left()).isZero();
    assertThat(erased.versions()).isEqualTo(erased.files()).isEqualTo(3);
    assertErased(before);
    assertThat(run(ERASED).allRows()).isZero();
  }

  @Test
  void whateverItWasKilledAtTheLakeIsSoundAndTheNextRunEndsIt() throws IOException {
    List<String> before = rows();
    int died = 0;
    for (boolean whole = false; !whole; ) {
      aLakeOfBooks();
      bucket.diesAfter(died);
      try {
        run(ERASED);
        whole = true;
      } catch (IllegalStateException e) {
        assertThat(e).hasMessage("killed");
        died++;
      }
      assertSound();
      assertThat(without(rows())).isEqualTo(without(before));
      bucket.diesAfter(Integer.MAX_VALUE);

      run(ERASED);

      assertErased(before);
    }
    System.out.println("Erasure: killed at each of its " + died + " calls");
    assertThat(died).isGreaterThan(9);
  }

  @Test
  void twoErasuresOfOneFileLeaveItSound() throws IOException {
    List<String> before = rows();

    run("b3");
    run(ERASED);

    assertErased(before.stream().filter(row -> !row.contains("'Isbn': b3,")).toList());
  }

  @Test
  void aFileThatIsNeitherWhatWasCommittedNorWhatWasLeftIsDamaged() {
    run(ERASED);
    ObjectKey changes =
        store.objects().keySet().stream()
            .filter(key -> key.value().startsWith("lake/books/changes/"))
            .findFirst()
            .orElseThrow();
    store.overwrite(changes, Arrays.copyOf(store.get(changes).orElseThrow(), 1 << 16));

    assertThat(new LakeCheck(store, books.lake).check(Books.TABLE).findings())
        .extracting(Finding::damage)
        .containsExactly(Damage.WRONG_SIZE);
  }

  @Test
  void whatIsNoWholeKeyIsRefusedWithoutRepeatingIt() {
    for (String text :
        List.of(
            "{\"Isbn\":{\"N\":\"4711\"}}",
            "{\"Other\":{\"S\":\"4711\"}}",
            "{\"Isbn\":{\"S\":\"4711\"},\"Title\":{\"S\":\"x\"}}",
            "4711")) {
      assertThatThrownBy(() -> ErasedKeys.of(KEYS, List.of(text)))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Key 1 is none of the table")
          .hasMessageContaining("{\"Isbn\":{\"S\":\"…\"}}")
          .hasMessageNotContaining("4711");
    }
  }

  private Erased run(String isbn) {
    return erasure(isbn)
        .run(new Erasure.Order("erasure-" + runs++, Books.NOON, "somebody"), new Quiet());
  }

  private Erasure erasure(String isbn) {
    return new Erasure(
        store,
        bucket,
        books.lake,
        Books.TABLE,
        ErasedKeys.of(KEYS, List.of("{\"Isbn\":{\"S\":\"" + isbn + "\"}}")),
        new OwnExports(store, bucket, "exports"),
        dir);
  }

  /** Every other row is as it was, and no object tells of the book. */
  private void assertErased(List<String> before) throws IOException {
    assertThat(rows()).isEqualTo(without(before));
    assertThat(bucket.kept).isEmpty();
    assertThat(store.objects().keySet())
        .noneMatch(key -> key.value().startsWith(EXPORT))
        .noneMatch(key -> key.value().contains("comparisons"))
        .anyMatch(key -> key.value().startsWith("exports/"));
    store
        .objects()
        .forEach(
            (key, content) -> {
              if (key.value().endsWith(".json")) {
                assertThat(new String(content, UTF_8)).doesNotContain('"' + ERASED + '"');
              }
            });
    assertSound();
  }

  private void assertSound() {
    assertThat(new LakeCheck(store, books.lake).check(Books.TABLE).findings()).isEmpty();
  }

  private List<String> rows() throws IOException {
    List<String> rows = new ArrayList<>();
    try (WorkFolder folder = WorkFolder.in(dir, "rows-");
        Duck duck = Duck.inMemory(Duck.Limits.of(folder.path()))) {
      List<Path> files = new ArrayList<>();
      for (Map.Entry<ObjectKey, byte[]> object : store.objects().entrySet()) {
        if (object.getKey().value().endsWith(".parquet")) {
          Path file = folder.path().resolve(files.size() + ".parquet");
          files.add(Files.write(file, object.getValue()));
        }
      }
      duck.ask(
          "SELECT t::VARCHAR FROM read_parquet(" + Duck.files(files) + ") t",
          row -> rows.add(row.getString(1)));
    }
    rows.sort(null);
    return rows;
  }

  private static List<String> without(List<String> rows) {
    return rows.stream().filter(row -> !row.contains("'Isbn': " + ERASED + ",")).toList();
  }

  private record Quiet() implements ErasureProgress {
    @Override
    public void searching(long files) {}

    @Override
    public void searched(long files) {}

    @Override
    public void rewrote(String path, long rows) {}
  }
}
