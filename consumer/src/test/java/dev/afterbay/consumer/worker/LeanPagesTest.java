package dev.afterbay.consumer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.consumer.aws.SdkReading;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import dev.afterbay.transforms.fromstream.UndecodableRecordException;
import dev.afterbay.transforms.fromstream.WireRecord;
import dev.afterbay.transforms.image.Image;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;

final class LeanPagesTest {
  private static final Map<String, String> NO_HEADERS = Map.of();

  private final CannedStream stream = new CannedStream();
  private final PageSource lean = new LeanPages(stream.client(), new SdkReading());
  private final PageSource reference = new SdkPages(stream.client());
  private int read;
  private int failed;
  private int undecodable;

  /** Usual pages, pages with some nonsense, and pages with much. */
  @ParameterizedTest
  @CsvSource({"1, 1000000, 1500", "2, 150, 1500", "3, 12, 1500"})
  void whatIsReadLeanIsWhatTheSdkReads(long seed, int nonsenseOneIn, int pages) {
    for (int i = 0; i < pages; i++) {
      long pageSeed = seed * 1_000_000 + i;
      String body = new WirePages(pageSeed, nonsenseOneIn).page(1 + i % 3);
      stream.answer(body.getBytes(StandardCharsets.UTF_8));

      assertThat(outcome(lean)).as("seed %d: %s", pageSeed, body).isEqualTo(outcome(reference));
    }
    assertThat(read).as("read lean").isGreaterThan(nonsenseOneIn < 100 ? 0 : pages / 4);
    assertThat(undecodable > 0).isEqualTo(nonsenseOneIn < 1_000);
  }

  @Test
  void aDamagedPageIsReadAsTheSdkReadsItOrNotAtAll() {
    Random random = new Random(4);
    for (int i = 0; i < 2_400; i++) {
      byte[] body = new WirePages(i, 1_000_000).page(2).getBytes(StandardCharsets.UTF_8);
      int at = random.nextInt(body.length);
      switch (i % 3) {
        case 0 -> body = Arrays.copyOf(body, at);
        case 1 -> body[at] = (byte) random.nextInt();
        default -> body[at] = (byte) "\"\\{}[],:".charAt(random.nextInt(8));
      }
      stream.answer(body);

      assertThat(outcome(lean)).as("page %d, byte %d", i, at).isEqualTo(outcome(reference));
    }
    assertThat(failed).isPositive();
  }

  @Test
  void aBodyThatWasDamagedOnItsWayIsAskedForAgain() {
    byte[] body = page();
    byte[] damaged = body.clone();
    damaged[body.length / 2] ^= 1;
    Map<String, String> checksum = Map.of("x-amz-crc32", crc32(body));
    stream.then(200, checksum, damaged).then(200, checksum, body);

    ShardPage page = lean.page(CannedStream.REQUEST);

    assertThat(page.records()).hasSize(2).allMatch(WireRecord.class::isInstance);
    assertThat(stream.calls()).isEqualTo(2);
  }

  @Test
  void aBodyThatIsAlwaysDamagedEndsTheCall() {
    byte[] body = page();
    stream.then(200, Map.of("x-amz-crc32", "1"), body);

    assertThatThrownBy(() -> lean.page(CannedStream.REQUEST))
        .isInstanceOf(RetryableException.class)
        .hasMessageContaining("damaged on its way: its CRC32 is " + crc32(body));
    assertThat(stream.calls()).isEqualTo(3);
  }

  @Test
  void aPackedBodyIsUnpackedAndItsChecksumIsThatOfWhatArrived() throws IOException {
    byte[] packed = gzip(page());
    stream.then(200, Map.of("x-amz-crc32", crc32(packed), "Content-Encoding", "gzip"), packed);

    ShardPage page = lean.page(CannedStream.REQUEST);

    assertThat(page.records()).hasSize(2).allMatch(WireRecord.class::isInstance);
    assertThat(page.nextIterator()).isEqualTo("it-2");
  }

  @Test
  void aPackedBodyThatIsCutOffIsAskedForAgain() throws IOException {
    byte[] packed = gzip(page());
    Map<String, String> gzip = Map.of("Content-Encoding", "gzip");
    stream.then(200, gzip, Arrays.copyOf(packed, packed.length / 2)).then(200, gzip, packed);

    assertThat(lean.page(CannedStream.REQUEST).records()).hasSize(2);
    assertThat(stream.calls()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"exact", "3", "100000", "99999999999", "-1", "many"})
  void aPageIsReadWholeWhateverLengthIsAnnounced(String length) {
    byte[] body = page();
    String announced = length.equals("exact") ? Integer.toString(body.length) : length;
    stream.then(200, Map.of("Content-Length", announced), body);

    assertThat(lean.page(CannedStream.REQUEST).records()).hasSize(2);
  }

  @Test
  void errorsStayWhatTheyAre() {
    String type = "com.amazonaws.dynamodb.v20120810#TrimmedDataAccessException";
    byte[] error = ("{\"__type\":\"" + type + "\"}").getBytes(StandardCharsets.UTF_8);
    stream.then(400, NO_HEADERS, error);

    assertThatThrownBy(() -> lean.page(CannedStream.REQUEST))
        .isInstanceOf(TrimmedDataAccessException.class);
  }

  @Test
  void aPageAfterAFailedAttemptIsTheOneThatCameLast() {
    byte[] error = "{\"__type\":\"InternalServerError\"}".getBytes(StandardCharsets.UTF_8);
    stream.then(500, NO_HEADERS, error).then(200, NO_HEADERS, page());

    assertThat(lean.page(CannedStream.REQUEST).records()).hasSize(2);
  }

  @Test
  void anEmptyPageLeadsOn() {
    stream.answer(
        "{\"Records\":[],\"NextShardIterator\":\"it-2\"}".getBytes(StandardCharsets.UTF_8));

    assertThat(lean.page(CannedStream.REQUEST)).isEqualTo(ShardPage.empty("it-2"));
  }

  @Test
  void theLastPageOfAShardLeadsNowhere() {
    stream.answer("{\"Records\":[]}".getBytes(StandardCharsets.UTF_8));

    assertThat(lean.page(CannedStream.REQUEST)).isEqualTo(ShardPage.empty(null));
  }

  @Test
  void aLeanPageWeighsLittleMoreThanItsBytes() {
    byte[] body = page();
    stream.answer(body);

    long weight = lean.page(CannedStream.REQUEST).weight();

    assertThat(weight).isBetween((long) body.length, body.length + 100L);
  }

  /** All that a page is to those who read it, or that it is none. */
  private List<List<Object>> outcome(PageSource source) {
    try {
      return outcome(source.page(CannedStream.REQUEST));
    } catch (SdkException | IllegalStateException e) {
      failed++;
      return List.of(List.of("fails"));
    }
  }

  private List<List<Object>> outcome(ShardPage page) {
    List<List<Object>> records = new ArrayList<>();
    for (StreamedRecord record : page.records()) {
      read += record instanceof WireRecord ? 1 : 0;
      records.add(
          Arrays.asList(
              record.position(),
              record.spelledPosition(),
              record.created(),
              record.eventId(),
              change(record),
              record.text(Set.of("a1", "a7"))));
    }
    records.add(Arrays.asList(page.nextIterator()));
    return records;
  }

  private Object change(StreamedRecord record) {
    try {
      ChangeEvent change = record.change();
      return Arrays.asList(
          change, change.keys().json(), text(change.newImage()), text(change.oldImage()));
    } catch (UndecodableRecordException e) {
      undecodable++;
      return e.reason();
    }
  }

  private static @Nullable String text(@Nullable Image image) {
    return image == null ? null : image.digest() + image.json();
  }

  private static byte[] page() {
    return ("{\"NextShardIterator\":\"it-2\",\"Records\":[" + record(1) + "," + record(2) + "]}")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String record(int number) {
    return """
        {"eventID":"e-1","eventName":"INSERT","dynamodb":{"ApproximateCreationDateTime":1.7E9,
        "Keys":{"PK":{"S":"a"}},"NewImage":{"PK":{"S":"a"}},"SequenceNumber":"%d","SizeBytes":9}}
        """
        .formatted(number);
  }

  private static String crc32(byte[] bytes) {
    CRC32 checksum = new CRC32();
    checksum.update(bytes);
    return Long.toString(checksum.getValue());
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }
}
