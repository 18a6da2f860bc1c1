package dev.afterbay.reconciliation.erase;

import dev.afterbay.sinks.tostorage.Erasing;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** A bucket that keeps what was replaced, and a process that dies after so many of its calls. */
final class VersionedBucket implements Erasing {
  final Map<ObjectKey, byte[]> kept = new TreeMap<>();
  private final MemoryObjectStore store;
  private int callsLeft = Integer.MAX_VALUE;

  VersionedBucket(MemoryObjectStore store) {
    this.store = store;
  }

  /** The process dies at the call after so many. */
  void diesAfter(int calls) {
    callsLeft = calls;
  }

  @Override
  public Optional<String> tagOf(ObjectKey key) {
    call();
    return store.get(key).map(VersionedBucket::tag);
  }

  @Override
  public void replace(ObjectKey key, String tag, byte[] content) {
    call();
    byte[] old = store.get(key).orElseThrow();
    if (!tag(old).equals(tag)) {
      throw new IllegalStateException("changed");
    }
    kept.put(key, old);
    store.overwrite(key, content);
  }

  @Override
  public long delete(ObjectKey key) {
    call();
    store.delete(key);
    return kept.remove(key) == null ? 0 : 1;
  }

  @Override
  public long forget(String prefix) {
    call();
    List<ObjectKey> keys =
        kept.keySet().stream().filter(key -> key.value().startsWith(prefix)).toList();
    keys.forEach(kept::remove);
    return keys.size();
  }

  private static String tag(byte[] content) {
    return String.valueOf(Arrays.hashCode(content));
  }

  private void call() {
    if (callsLeft-- == 0) {
      throw new IllegalStateException("killed");
    }
  }
}
