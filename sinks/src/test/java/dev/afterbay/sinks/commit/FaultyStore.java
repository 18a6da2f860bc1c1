package dev.afterbay.sinks.commit;

import dev.afterbay.sinks.tostorage.CompleteAnswer;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.sinks.tostorage.StagedUpload;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.sinks.tostorage.UploadId;
import dev.afterbay.sinks.tostorage.UploadState;
import dev.afterbay.sinks.tostorage.UploadedPart;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** One writer's way to a store: each call is counted, and may be disturbed. */
final class FaultyStore implements ObjectStore {
  private final ObjectStore store;
  private final Disturbance disturbance;
  private final Set<UploadId> begun = new HashSet<>();
  private final List<UploadId> aborted = new ArrayList<>();
  private int calls;

  FaultyStore(ObjectStore store, Disturbance disturbance) {
    this.store = store;
    this.disturbance = disturbance;
  }

  /** A request that arrives at the store. */
  @FunctionalInterface
  interface Effect<T> {
    T apply();
  }

  /** What happens to calls. */
  interface Disturbance {
    Disturbance NONE =
        new Disturbance() {
          @Override
          public <T> T around(int call, Effect<T> effect, Function<String, T> unknown) {
            return effect.apply();
          }
        };

    /**
     * Stands in for a call.
     *
     * @param call its number, from 1
     * @param effect applies it
     * @param unknown gives, or throws, what the adapter says when it does not know
     */
    <T> T around(int call, Effect<T> effect, Function<String, T> unknown);
  }

  /** The end of a writer's process. */
  static final class Crash extends RuntimeException {
    private static final long serialVersionUID = 1L;

    Crash() {
      super("the process ended");
    }
  }

  int calls() {
    return calls;
  }

  List<UploadId> aborted() {
    return aborted;
  }

  @Override
  public PutAnswer putIfAbsent(ObjectKey key, byte[] content) {
    return call(() -> store.putIfAbsent(key, content), PutAnswer.Unknown::new);
  }

  @Override
  public Optional<byte[]> get(ObjectKey key) {
    return call(() -> store.get(key), FaultyStore::unavailable);
  }

  @Override
  public Optional<byte[]> get(ObjectKey key, long offset, int length) {
    return call(() -> store.get(key, offset, length), FaultyStore::unavailable);
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    return call(() -> store.head(key), FaultyStore::unavailable);
  }

  @Override
  public Stream<StoredObject> list(String prefix, String startAfter) {
    return call(() -> store.list(prefix, startAfter), FaultyStore::unavailable);
  }

  @Override
  public UploadId begin(ObjectKey key) {
    UploadId upload = call(() -> store.begin(key), FaultyStore::unavailable);
    begun.add(upload);
    return upload;
  }

  @Override
  public UploadedPart uploadPart(ObjectKey key, UploadId upload, int number, ByteBuffer content) {
    return call(() -> store.uploadPart(key, upload, number, content), FaultyStore::unavailable);
  }

  @Override
  public CompleteAnswer complete(StagedUpload upload) {
    return call(() -> store.complete(upload), CompleteAnswer.Unknown::new);
  }

  @Override
  public void abort(ObjectKey key, UploadId upload) {
    if (!begun.contains(upload)) {
      throw new AssertionError("A writer aborts " + upload + ", which it did not begin");
    }
    aborted.add(upload);
    UploadState state =
        call(
            () -> {
              store.abort(key, upload);
              return UploadState.GONE;
            },
            FaultyStore::unavailable);
    if (state != UploadState.GONE) {
      throw new AssertionError(state);
    }
  }

  @Override
  public UploadState stateOf(ObjectKey key, UploadId upload) {
    return call(() -> store.stateOf(key, upload), FaultyStore::unavailable);
  }

  private <T> T call(Effect<T> effect, Function<String, T> unknown) {
    calls++;
    return disturbance.around(calls, effect, unknown);
  }

  private static <T> T unavailable(String why) {
    throw new ObjectStoreException(ObjectStoreException.Kind.UNAVAILABLE, why);
  }
}
