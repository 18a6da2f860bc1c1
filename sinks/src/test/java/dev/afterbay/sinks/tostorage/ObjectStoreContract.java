package dev.afterbay.sinks.tostorage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What every object store must do, so that the commit log can rely on it. */
abstract class ObjectStoreContract {
  private static final SplittableRandom RANDOM = new SplittableRandom(20261121);

  abstract ObjectStore store();

  @Test
  void anObjectIsPutWhereNoneStands() {
    ObjectKey key = key("fresh.json");

    PutAnswer answer = store().putIfAbsent(key, bytes("first"));

    assertThat(answer).isEqualTo(new PutAnswer.Created());
    assertThat(store().get(key)).hasValue(bytes("first"));
    assertThat(store().head(key)).hasValue(new StoredObject(key, 5));
  }

  @Test
  void anObjectThatStandsIsNotReplaced() {
    ObjectKey key = key("taken.json");
    store().putIfAbsent(key, bytes("first"));

    PutAnswer answer = store().putIfAbsent(key, bytes("second"));

    assertThat(answer).isEqualTo(new PutAnswer.Occupied());
    assertThat(store().get(key)).hasValue(bytes("first"));
  }

  @Test
  void ofManyPutsAtOnceExactlyOneCreates() throws Exception {
    ObjectKey key = key("contested.json");
    ExecutorService writers = Executors.newFixedThreadPool(8);
    try {
      List<Callable<PutAnswer>> puts = new ArrayList<>();
      for (int writer = 0; writer < 8; writer++) {
        byte[] content = bytes("writer " + writer);
        puts.add(() -> store().putIfAbsent(key, content));
      }
      List<PutAnswer> answers = new ArrayList<>();
      for (Future<PutAnswer> answer : writers.invokeAll(puts)) {
        answers.add(answer.get());
      }

      int created = answers.indexOf(new PutAnswer.Created());
      assertThat(Collections.frequency(answers, new PutAnswer.Created())).isEqualTo(1);
      assertThat(store().get(key)).hasValue(bytes("writer " + created));
    } finally {
      writers.shutdownNow();
    }
  }

  @Test
  void aCopyIsTheSameUnderAnotherKey() {
    ObjectKey key = key("original");
    ObjectKey copy = key("kept/copy");
    store().putIfAbsent(key, bytes("content"));
    store().putIfAbsent(copy, bytes("something else"));

    assertThat(store().copy(key, copy)).isEqualTo(CopyAnswer.COPIED);

    assertThat(store().get(copy)).hasValue(bytes("content"));
    assertThat(store().get(key)).hasValue(bytes("content"));
  }

  @Test
  void whatIsNotThereIsNotCopied() {
    ObjectKey copy = key("no-copy");

    assertThat(store().copy(key("no-original"), copy)).isEqualTo(CopyAnswer.NO_SUCH_OBJECT);

    assertThat(store().head(copy)).isEmpty();
  }

  @Test
  void whatIsDeletedIsGoneHoweverOftenItIsDeleted() {
    ObjectKey key = key("deleted");
    store().putIfAbsent(key, bytes("content"));

    store().delete(key);
    store().delete(key);

    assertThat(store().head(key)).isEmpty();
  }

  @Test
  void anUploadThatWasCompletedDoesNotBringADeletedObjectBack() {
    ObjectKey key = key("withdrawn");
    UploadId upload = store().begin(key);
    UploadedPart part = store().uploadPart(key, upload, 1, ByteBuffer.wrap(bytes("content")));
    StagedUpload staged = new StagedUpload(key, upload, List.of(part));
    store().complete(staged);
    store().delete(key);

    store().complete(staged);

    assertThat(store().head(key)).isEmpty();
  }

  @Test
  void whatIsNotThereIsAbsent() {
    ObjectKey key = key("nothing.json");

    assertThat(store().get(key)).isEmpty();
    assertThat(store().get(key, 0, 1)).isEmpty();
    assertThat(store().head(key)).isEmpty();
  }

  @Test
  void aRangeIsReadWithinItsBounds() {
    ObjectKey key = key("range.txt");
    store().putIfAbsent(key, bytes("0123456789"));

    assertThat(store().get(key, 0, 1)).hasValue(bytes("0"));
    assertThat(store().get(key, 3, 4)).hasValue(bytes("3456"));
    assertThat(store().get(key, 8, 2)).hasValue(bytes("89"));
  }

  @Test
  void objectsAreListedByPrefixInTheOrderOfTheirKeys() {
    List<String> names = List.of("list/b/2", "list/a/1", "list/b/1", "lost/x", "list/c");
    names.forEach(name -> store().putIfAbsent(key(name), bytes(name)));

    assertThat(store().list(key("list").value() + "/", ""))
        .extracting(object -> object.key())
        .containsExactly(key("list/a/1"), key("list/b/1"), key("list/b/2"), key("list/c"));
    assertThat(store().list(key("list").value() + "/", key("list/b/1").value()))
        .containsExactly(new StoredObject(key("list/b/2"), 8), new StoredObject(key("list/c"), 6));
    assertThat(store().list(key("list").value() + "/", key("list/b").value() + "/0"))
        .extracting(object -> object.key())
        .containsExactly(key("list/b/1"), key("list/b/2"), key("list/c"));
    assertThat(store().list(key("none").value() + "/", "")).isEmpty();
  }

  @Test
  void aListLongerThanOnePageIsComplete() {
    List<ObjectKey> keys =
        IntStream.range(0, 1203).mapToObj(i -> key("pages/%05d".formatted(i))).toList();
    keys.parallelStream().forEach(key -> store().putIfAbsent(key, bytes("x")));

    assertThat(store().list(key("pages").value() + "/", ""))
        .extracting(object -> object.key())
        .containsExactlyElementsOf(keys);
  }

  @Test
  void keysMayHoldWhatStreamLabelsAndPartitionsHold() {
    ObjectKey key = key("2026-11-21T05:11:00.123/dt=2026-11-21/hh=05/shardId-1-2.parquet");
    store().putIfAbsent(key, bytes("x"));

    assertThat(store().list(key("2026").value(), "")).containsExactly(new StoredObject(key, 1));
    assertThat(store().get(key)).hasValue(bytes("x"));
  }

  @Test
  void anUploadIsInvisibleUntilItIsCompleted() {
    ObjectKey key = key("staged.parquet");
    StagedUpload staged = stage(key, bytes("small"));

    assertThat(store().head(key)).isEmpty();
    assertThat(store().get(key)).isEmpty();
    assertThat(store().list(key.value(), "")).isEmpty();
    assertThat(store().stateOf(key, staged.upload())).isEqualTo(UploadState.STAGED);

    CompleteAnswer answer = store().complete(staged);

    assertThat(answer).isEqualTo(new CompleteAnswer.Completed());
    assertThat(store().get(key)).hasValue(bytes("small"));
    assertThat(store().head(key)).hasValue(new StoredObject(key, staged.size()));
    assertThat(store().stateOf(key, staged.upload())).isEqualTo(UploadState.GONE);
  }

  @Test
  void anUploadOfSeveralPartsIsTheirConcatenation() {
    byte[] first = random(ObjectStore.MIN_PART_BYTES);
    byte[] second = random(ObjectStore.MIN_PART_BYTES + 17);
    byte[] third = random(1000);
    ObjectKey key = key("parts.parquet");
    StagedUpload staged = stage(key, first, second, third);

    assertThat(store().complete(staged)).isEqualTo(new CompleteAnswer.Completed());

    byte[] whole = store().get(key).orElseThrow();
    int length = first.length + second.length;
    assertThat(whole).hasSize((int) staged.size());
    assertThat(Arrays.mismatch(Arrays.copyOf(whole, first.length), first)).isEqualTo(-1);
    assertThat(Arrays.mismatch(Arrays.copyOfRange(whole, first.length, length), second))
        .isEqualTo(-1);
    assertThat(Arrays.copyOfRange(whole, length, whole.length)).isEqualTo(third);
  }

  @Test
  void completingTwiceLeavesTheObjectAsItIs() {
    ObjectKey key = key("twice.parquet");
    StagedUpload staged = stage(key, bytes("once"));
    store().complete(staged);

    CompleteAnswer again = store().complete(staged);

    assertThat(again).isIn(new CompleteAnswer.Completed(), new CompleteAnswer.NoSuchUpload());
    assertThat(store().get(key)).hasValue(bytes("once"));
  }

  @Test
  void anAbortedUploadIsGoneAndNeverAppears() {
    ObjectKey key = key("aborted.parquet");
    StagedUpload staged = stage(key, bytes("never"));

    store().abort(key, staged.upload());

    assertThat(store().stateOf(key, staged.upload())).isEqualTo(UploadState.GONE);
    assertThat(store().complete(staged)).isEqualTo(new CompleteAnswer.NoSuchUpload());
    assertThat(store().head(key)).isEmpty();
  }

  @Test
  void abortingWhatIsGoneIsNoError() {
    ObjectKey key = key("gone.parquet");
    StagedUpload staged = stage(key, bytes("x"));
    store().abort(key, staged.upload());

    store().abort(key, staged.upload());

    assertThat(store().stateOf(key, staged.upload())).isEqualTo(UploadState.GONE);
  }

  @Test
  void abortingACompletedUploadLeavesItsObject() {
    ObjectKey key = key("late-abort.parquet");
    StagedUpload staged = stage(key, bytes("kept"));
    store().complete(staged);

    store().abort(key, staged.upload());

    assertThat(store().get(key)).hasValue(bytes("kept"));
  }

  @Test
  void twoUploadsOfOneKeyAreTwo() {
    ObjectKey key = key("two.parquet");
    StagedUpload one = stage(key, bytes("one"));
    StagedUpload other = stage(key, bytes("other"));

    store().abort(key, one.upload());

    assertThat(store().stateOf(key, other.upload())).isEqualTo(UploadState.STAGED);
    assertThat(store().complete(other)).isEqualTo(new CompleteAnswer.Completed());
    assertThat(store().get(key)).hasValue(bytes("other"));
  }

  final StagedUpload stage(ObjectKey key, byte[]... contents) {
    UploadId upload = store().begin(key);
    List<UploadedPart> parts = new ArrayList<>();
    for (byte[] content : contents) {
      parts.add(store().uploadPart(key, upload, parts.size() + 1, ByteBuffer.wrap(content)));
    }
    return new StagedUpload(key, upload, parts);
  }

  final ObjectKey key(String name) {
    return new ObjectKey("contract/" + name);
  }

  static byte[] bytes(String text) {
    return text.getBytes(UTF_8);
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    RANDOM.nextBytes(bytes);
    return bytes;
  }
}
