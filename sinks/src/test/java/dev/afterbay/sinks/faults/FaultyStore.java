package dev.afterbay.sinks.faults;

import dev.afterbay.sinks.faults.Call.Effect;
import dev.afterbay.sinks.tostorage.CompleteAnswer;
import dev.afterbay.sinks.tostorage.CopyAnswer;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.sinks.tostorage.StagedUpload;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.sinks.tostorage.UploadId;
import dev.afterbay.sinks.tostorage.UploadState;
import dev.afterbay.sinks.tostorage.UploadedPart;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * One writer's way to any object store: each call is counted, and may be disturbed. What a fault is
 * answered with is what the S3 adapter makes of it.
 */
public final class FaultyStore implements ObjectStore {
  private final ObjectStore store;
  private final Disturbance disturbance;
  private final Map<UploadId, ObjectKey> begun = new ConcurrentHashMap<>();
  private final AtomicInteger calls = new AtomicInteger();

  /** A way to a store. */
  public FaultyStore(ObjectStore store, Disturbance disturbance) {
    this.store = store;
    this.disturbance = disturbance;
  }

  /** How many calls were made. */
  public int calls() {
    return calls.get();
  }

  @Override
  public PutAnswer putIfAbsent(ObjectKey key, byte[] content) {
    return call(Verb.PUT, () -> store.putIfAbsent(key, content), FaultyStore::putAnswer);
  }

  @Override
  public Optional<byte[]> get(ObjectKey key) {
    return call(Verb.GET, () -> store.get(key), FaultyStore::failed);
  }

  @Override
  public Optional<byte[]> get(ObjectKey key, long offset, int length) {
    return call(Verb.GET, () -> store.get(key, offset, length), FaultyStore::failed);
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return call(Verb.HEAD, () -> store.head(key), FaultyStore::failed);
  }

  @Override
  public Stream<StoredObject> list(String prefix, String startAfter) {
    return call(
        Verb.LIST,
        () -> list(store, prefix, startAfter).stream(),
        FaultyStore::failedLater,
        () ->
            Stream.concat(
                list(store, prefix, startAfter).stream().limit(1), failedLater(Reply.NONE)));
  }

  @Override
  public UploadId begin(ObjectKey key) {
    return call(
        Verb.BEGIN,
        () -> {
          UploadId upload = store.begin(key);
          begun.put(upload, key);
          return upload;
        },
        FaultyStore::failed);
  }

  @Override
  public UploadedPart uploadPart(ObjectKey key, UploadId upload, int number, ByteBuffer content) {
    return call(
        Verb.PART, () -> store.uploadPart(key, upload, number, content), FaultyStore::failed);
  }

  @Override
  public CompleteAnswer complete(StagedUpload upload) {
    return call(
        Verb.COMPLETE,
        () -> store.complete(upload),
        reply -> new CompleteAnswer.Unknown(reply.code()));
  }

  @Override
  public void abort(ObjectKey key, UploadId upload) {
    UploadState state =
        call(
            Verb.ABORT,
            () -> {
              store.abort(key, upload);
              return UploadState.GONE;
            },
            FaultyStore::failed);
    if (state != UploadState.GONE) {
      throw new AssertionError(state);
    }
  }

  @Override
  public CopyAnswer copy(ObjectKey from, ObjectKey to) {
    return call(Verb.COPY, () -> store.copy(from, to), FaultyStore::failed);
  }

  @Override
  public void delete(ObjectKey key) {
    UploadState state =
        call(
            Verb.DELETE,
            () -> {
              store.delete(key);
              return UploadState.GONE;
            },
            FaultyStore::failed);
    if (state != UploadState.GONE) {
      throw new AssertionError(state);
    }
  }

  @Override
  public UploadState stateOf(ObjectKey key, UploadId upload) {
    return call(Verb.STATE, () -> store.stateOf(key, upload), FaultyStore::failed);
  }

  private <T> T call(Verb verb, Effect<T> request, Function<Reply, T> answers) {
    return call(verb, request, answers, () -> answers.apply(Reply.NONE));
  }

  private <T> T call(Verb verb, Effect<T> request, Function<Reply, T> answers, Effect<T> cut) {
    return disturbance.around(
        new Call<>(
            calls.incrementAndGet(),
            verb,
            request,
            answers,
            cut,
            () -> begun.forEach((upload, key) -> store.abort(key, upload))));
  }

  private static List<StoredObject> list(ObjectStore store, String prefix, String startAfter) {
    try (Stream<StoredObject> objects = store.list(prefix, startAfter)) {
      return objects.toList();
    }
  }

  private static PutAnswer putAnswer(Reply reply) {
    return reply == Reply.PRECONDITION_FAILED
        ? new PutAnswer.Occupied()
        : new PutAnswer.Unknown(reply.code());
  }

  private static <T> T failed(Reply reply) {
    throw reply.exception();
  }

  /** The adapter lists page by page, so that it fails when the pages are asked for. */
  private static Stream<StoredObject> failedLater(Reply reply) {
    return Stream.of(reply)
        .map(
            r -> {
              throw r.exception();
            });
  }
}
