package dev.afterbay.reconciliation.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.afterbay.reconciliation.export.ExportException.Kind;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.RandomItems;
import java.io.ByteArrayOutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportReaderTest {
  private static final ObjectKey KEY = new ObjectKey("exports/AWSDynamoDB/1-a/data/x.json.gz");
  private static final List<String> LINES = Shop.ITEMS.stream().map(ExportFiles::line).toList();

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final ExportReader reader = new ExportReader(store);
  private final List<Item> items = new ArrayList<>();
  private final List<NetChange> changes = new ArrayList<>();

  @Test
  void aWholeExportComesBackAsItWas() throws InterruptedException {
    CompletedExport export = fetch(Shop.full());
    List<Integer> numbers = new ArrayList<>();
    List<Long> bytes = new ArrayList<>();

    reader.readAll(export.files(), LineVisitor.items(items::add), new Numbers(numbers, bytes));

    assertThat(items).containsExactlyInAnyOrderElementsOf(Shop.ITEMS);
    assertThat(numbers).containsExactly(1, 2, 3, 4);
    assertThat(bytes)
        .isEqualTo(
            export.files().stream().map(f -> store.head(f.key()).orElseThrow().size()).toList());
  }

  @Test
  void theNetChangesOfAWindowComeBackAsTheyWere() throws InterruptedException {
    CompletedExport export = fetch(Shop.incremental());

    reader.readAll(export.files(), LineVisitor.changes(changes::add), ExportProgress.none());

    assertThat(changes).containsExactlyInAnyOrderElementsOf(Shop.CHANGES);
    assertThat(export.files())
        .allMatch(file -> file.key().value().startsWith("exports/AWSDynamoDB/data/"));
  }

  @Test
  void anyItemsComeBackAsTheyWere() {
    for (long seed = 1; seed <= 40; seed++) {
      RandomItems random = RandomItems.seeded(seed);
      List<Item> written = new ArrayList<>();
      IntStream.range(0, 60).forEach(i -> written.add(random.next()));
      written.add(random.deep());
      if (seed == 1) {
        written.add(random.large());
      }
      DataFile file = write(written.stream().map(ExportFiles::line).toList());
      items.clear();

      reader.read(file, LineVisitor.items(items::add));

      assertThat(items).as("seed %d", seed).isEqualTo(written);
      assertThat(items.stream().map(item -> Image.of(item).digest()))
          .as("seed %d", seed)
          .isEqualTo(written.stream().map(item -> Image.of(item).digest()).toList());
    }
  }

  @Test
  void anyChangesComeBackAsTheyWere() {
    for (long seed = 1; seed <= 40; seed++) {
      RandomItems random = RandomItems.seeded(seed);
      SplittableRandom chance = new SplittableRandom(seed);
      List<NetChange> written = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Instant at =
            Instant.ofEpochSecond(
                chance.nextLong(2_000_000_000L), chance.nextInt(1_000_000) * 1000L);
        written.add(new NetChange(at, random.next(), maybe(random, chance), maybe(random, chance)));
      }
      DataFile file = write(written.stream().map(ExportFiles::line).toList());
      changes.clear();

      reader.read(file, LineVisitor.changes(changes::add));

      assertThat(changes).as("seed %d", seed).isEqualTo(written);
    }
  }

  @Test
  void aFileOfSeveralPiecesIsReadAcrossTheirEdges() {
    byte[] noise = new byte[6000];
    SplittableRandom random = new SplittableRandom(7);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      random.nextBytes(noise);
      lines.add("{\"Item\":{\"B\":{\"B\":\"" + base64(noise) + "\"}}}");
    }
    DataFile file = write(lines);
    assertThat(store.head(KEY).orElseThrow().size()).isGreaterThan(2L * ObjectInput.PIECE);
    List<String> digests = new ArrayList<>();

    long bytes = reader.read(file, LineVisitor.items(item -> digests.add(line(item))));

    assertThat(bytes).isEqualTo(store.head(KEY).orElseThrow().size());
    assertThat(digests).isEqualTo(lines);
  }

  @Test
  void gzipMembersAreReadOneAfterTheOther() {
    ByteArrayOutputStream members = new ByteArrayOutputStream();
    LINES.forEach(line -> members.writeBytes(ExportFiles.gzip(List.of(line))));

    reader.read(file(members.toByteArray(), 8), LineVisitor.items(items::add));

    assertThat(items).isEqualTo(Shop.ITEMS);
  }

  @Test
  void aFileWithoutItemsIsAFile() {
    reader.read(file(ExportFiles.gzip(List.of()), 0), LineVisitor.items(items::add));
    reader.read(file(new byte[0], 0), LineVisitor.items(items::add));

    assertThat(items).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"1700000000123456", "\"1700000000123456\"", "{\"N\":\"1700000000123456\"}"})
  void theTimeOfWritingHasThreeSpellings(String micros) {
    String keys = Image.of(Shop.key("a")).json();
    DataFile file =
        write(
            List.of(
                "{\"Metadata\":{\"Other\":{\"x\":[1]},\"WriteTimestampMicros\":"
                    + micros
                    + "},\"Keys\":"
                    + keys
                    + "}"));

    reader.read(file, LineVisitor.changes(changes::add));

    assertThat(changes)
        .containsExactly(
            new NetChange(
                Instant.parse("2023-11-14T22:13:20.123456Z"),
                Shop.key("a"),
                Optional.empty(),
                Optional.empty()));
  }

  @Test
  void aSoundFileIsVerified() {
    DataFile file = write(LINES);

    assertThat(reader.verify(file)).isEqualTo(store.head(KEY).orElseThrow().size());
  }

  @Test
  void aCutFileIsNamedForItsChecksum() {
    DataFile file = write(LINES);
    byte[] whole = store.get(KEY).orElseThrow();
    byte[] cut = Arrays.copyOf(whole, whole.length / 2);
    store.overwrite(KEY, cut);
    String message =
        "Export file '"
            + KEY
            + "' has the MD5 "
            + ExportFiles.md5(cut)
            + " where "
            + file.md5Base64()
            + " is told; the export is of no use: delete its manifest-summary.json, and the next"
            + " run asks for another";

    damaged(() -> reader.verify(file), message);
    damaged(() -> read(file), message);
  }

  @Test
  void aWrongChecksumIsSeenAlthoughEveryLineCouldBeRead() {
    write(LINES);
    DataFile told = new DataFile(KEY, 8, ExportFiles.md5(new byte[0]));

    damaged(() -> reader.verify(told), "' has the MD5 ");
    damaged(() -> read(told), "' has the MD5 ");
    assertThat(items).hasSize(8);
  }

  @Test
  void aMissingFileIsNamed() {
    DataFile file = write(LINES);
    store.delete(KEY);

    damaged(() -> reader.verify(file), "Export file '" + KEY + "' is missing; ");
    damaged(() -> read(file), "Export file '" + KEY + "' is missing; ");
  }

  @Test
  void aGzipFileThatEndsTooSoonIsNamed() {
    byte[] whole = ExportFiles.gzip(LINES);

    for (int length = 1; length < whole.length; length++) {
      DataFile file = file(Arrays.copyOf(whole, length), 8);
      damaged(() -> read(file), "Export file '" + KEY + "' cannot be read after line ");
    }
  }

  @Test
  void whatIsNotGzipIsNamed() {
    DataFile file = file("{\"Item\":{}}".getBytes(StandardCharsets.UTF_8), 1);

    damaged(() -> read(file), "' cannot be read after line 0 (Not in GZIP format); ");
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 7, 9})
  void anotherNumberOfLinesIsNamed(long told) {
    DataFile file = file(ExportFiles.gzip(LINES), told);

    damaged(() -> read(file), "' has 8 lines where the manifest tells of " + told + "; ");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "secret | is not DynamoDB JSON near column ",
        "{\"Item\":{\"PK\":{\"S\":\"secret\" | is not DynamoDB JSON near column ",
        "{\"Item\":{\"PK\":{\"N\":\"secret\"}}} | is not DynamoDB JSON near column ",
        "{\"Item\":{\"PK\":\"secret\"}} | is not DynamoDB JSON near column ",
        "{\"Item\":{\"PK\":{\"secret\":\"x\"}}} | is not DynamoDB JSON near column ",
        "{\"Item\":{\"secret\":{\"S\":\"\"},\"secret\":{\"S\":\"\"}}}"
            + " | is not DynamoDB JSON near column ",
        "[\"secret\"] | is not a JSON object",
        "\"secret\" | is not a JSON object",
        "{} | is neither an item nor the change of one",
        "{\"Item\":{},\"Keys\":{}} | is neither an item nor the change of one",
        "{\"Item\":{},\"Item\":{}} | has two fields 'Item'",
        "{\"secret\":{}} | has a field that no export has",
        "{\"Keys\":{}} | has no time of writing",
        "{\"Metadata\":{\"WriteTimestampMicros\":1}} | has no keys",
        "{\"Metadata\":7,\"Keys\":{}} | has metadata that are not a JSON object",
        "{\"Metadata\":{\"WriteTimestampMicros\":1.5},\"Keys\":{}}"
            + " | has no number for its time of writing",
        "{\"Metadata\":{\"WriteTimestampMicros\":\"secret\"},\"Keys\":{}}"
            + " | is not DynamoDB JSON near column ",
        "{\"Metadata\":{\"WriteTimestampMicros\":{\"S\":\"1\"}},\"Keys\":{}}"
            + " | has no number for its time of writing",
        "{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"1\",\"N\":\"2\"}},\"Keys\":{}}"
            + " | has more than a number for its time of writing",
        "{\"Metadata\":{\"WriteTimestampMicros\":1},\"Keys\":{}}"
            + " | is of an incremental export, not of a full one",
      })
  void aLineOfGarbageIsNamedWithoutItsContent(String garbage, String message) {
    List<String> lines = new ArrayList<>(LINES);
    lines.set(3, garbage);
    DataFile file = write(lines);

    damaged(() -> read(file), "Export file '" + KEY + "' line 4 " + message);
    assertThat(items).isEqualTo(Shop.ITEMS.subList(0, 3));
  }

  @Test
  void aLineOfAFullExportIsNoChange() {
    DataFile file = write(LINES);

    damaged(
        () -> reader.read(file, LineVisitor.changes(changes::add)),
        "' line 1 is of a full export, not of an incremental one; ");
  }

  @Test
  void bytesThatAreNotUtf8AreRefused() {
    byte[] line = LINES.get(0).getBytes(StandardCharsets.UTF_8);
    String latin = new String(line, StandardCharsets.ISO_8859_1).replace("12.5", "\u00ff");
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(content)) {
      gzip.write(latin.getBytes(StandardCharsets.ISO_8859_1));
    } catch (java.io.IOException e) {
      throw new UncheckedIOException(e);
    }
    DataFile file = file(content.toByteArray(), 1);

    damaged(() -> read(file), "' cannot be read after line 0 ");
  }

  @Test
  void whatAVisitorThrowsIsItsOwn() {
    DataFile file = write(LINES);

    assertThatIllegalStateException()
        .isThrownBy(
            () ->
                reader.read(
                    file,
                    LineVisitor.items(
                        item -> {
                          throw new IllegalStateException("full");
                        })))
        .withMessage("full");
  }

  private CompletedExport fetch(ExportRequest request) throws InterruptedException {
    MemoryExports exports = new MemoryExports(store, Shop.HISTORY);
    return new ExportClient(exports, store, Duration.ZERO, duration -> {})
        .fetch(request, ExportProgress.none());
  }

  private void read(DataFile file) {
    items.clear();
    reader.read(file, LineVisitor.items(items::add));
  }

  private static void damaged(Runnable reading, String message) {
    assertThatExceptionOfType(ExportException.class)
        .isThrownBy(reading::run)
        .withMessageContaining(message)
        .satisfies(
            e -> {
              assertThat(e.kind()).isEqualTo(Kind.DAMAGED);
              assertThat(e).hasMessageNotContaining("secret").hasMessageContaining(KEY.value());
              assertThat(String.valueOf(e.getCause())).doesNotContain("secret");
            });
  }

  private DataFile write(List<String> lines) {
    return file(ExportFiles.gzip(lines), lines.size());
  }

  private DataFile file(byte[] content, long items) {
    store.overwrite(KEY, content);
    return new DataFile(KEY, items, ExportFiles.md5(content));
  }

  private static String line(Item item) {
    return ExportFiles.line(item);
  }

  private static String base64(byte[] bytes) {
    return Base64.getEncoder().encodeToString(bytes);
  }

  private static Optional<Item> maybe(RandomItems random, SplittableRandom chance) {
    return chance.nextInt(4) == 0 ? Optional.empty() : Optional.of(random.next());
  }

  private record Numbers(List<Integer> numbers, List<Long> bytes) implements ExportProgress {
    @Override
    public void started(String exportArn) {}

    @Override
    public void resumed(String exportArn) {}

    @Override
    public void polled(String exportArn, ExportStatus status) {}

    @Override
    public void read(DataFile file, int number, int files, long size) {
      numbers.add(number);
      bytes.add(size);
    }
  }
}
