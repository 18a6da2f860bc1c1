package dev.afterbay.consumer.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.transforms.change.StreamLabel;
import java.time.InstantSource;
import java.util.Set;
import org.junit.jupiter.api.Test;

class StreamLedgerTest {
  private static final StreamLabel LATER = new StreamLabel("2026-11-21T06:00:00.000");

  private final MemoryObjectStore store = new MemoryObjectStore();

  @Test
  void theLedgerKeepsWhatWasSeenFirst() {
    StreamLedger first = ledger(Shards.STREAM);
    StreamLedger again =
        StreamLedger.open(
            store,
            Shards.LAKE,
            Shards.TABLE,
            Shards.STREAM,
            () -> {
              throw new AssertionError("the roots are known");
            },
            InstantSource.fixed(Shards.START.plusSeconds(9)));

    assertThat(again).isEqualTo(first);
    assertThat(ledger(LATER).earlier(store, Shards.LAKE, Shards.TABLE)).containsExactly(first);
    assertThat(first.earlier(store, Shards.LAKE, Shards.TABLE)).isEmpty();
  }

  @Test
  void aDamagedLedgerIsRefusedWithItsPlace() {
    store.putIfAbsent(Shards.LAKE.stream(Shards.TABLE, LATER), new byte[] {'{', '}'});

    assertThatIllegalStateException()
        .isThrownBy(() -> ledger(LATER))
        .withMessageContaining("_afterbay/streams/orders/")
        .withMessageContaining("restore or delete it");
  }

  private StreamLedger ledger(StreamLabel stream) {
    return StreamLedger.open(
        store,
        Shards.LAKE,
        Shards.TABLE,
        stream,
        () -> Set.of(Shards.SHARD),
        InstantSource.fixed(Shards.START));
  }
}
