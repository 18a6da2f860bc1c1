package dev.afterbay.sinks.tostorage;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemoryObjectStoreTest extends ObjectStoreContract {
  private final MemoryObjectStore store = new MemoryObjectStore();

  @Override
  ObjectStore store() {
    return store;
  }

  @Test
  void aPartBelowTheLeastSizeCannotBeFollowedByAnother() {
    ObjectKey key = key("small-parts.parquet");

    CompleteAnswer answer = store.complete(stage(key, bytes("too small"), bytes("last")));

    assertThat(answer).isInstanceOf(CompleteAnswer.Unknown.class);
    assertThat(store.head(key)).isEmpty();
  }

  @Test
  void whatIsReadIsACopy() {
    ObjectKey key = key("copy.json");
    store.putIfAbsent(key, bytes("kept"));

    store.get(key).orElseThrow()[0] = 'X';

    assertThat(store.get(key)).hasValue(bytes("kept"));
  }
}
