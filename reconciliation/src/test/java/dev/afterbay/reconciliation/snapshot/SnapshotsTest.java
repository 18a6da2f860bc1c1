package dev.afterbay.reconciliation.snapshot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.reconciliation.export.DataFile;
import dev.afterbay.reconciliation.export.ExportException;
import dev.afterbay.reconciliation.export.ExportStatus;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tostorage.ObjectKey;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SnapshotsTest {
  @TempDir private Path dir;
  private Market market;

  @BeforeEach
  void aMarket() {
    market = new Market(dir, 30);
  }

  @Test
  void everyItemOfTheExportIsInTheLakeOnce() {
    Taken taken = market.take(market.store, Slice.WHOLE);

    assertThat(taken)
        .isEqualTo(
            new Taken.Complete(market.notes().find(Market.TABLE, Market.NOON).orElseThrow(), 4));
    market.assertComplete("one run");
  }

  @Test
  void aRowTellsOfItsExportAndOfTheMoment() {
    market.take(market.store, Slice.WHOLE);

    assertThat(market.rows("snapshots", "DISTINCT cdc_op || cdc_origin || cdc_stream"))
        .containsExactly("INSERTEXPORT-");
    assertThat(market.rows("snapshots", "DISTINCT cdc_time::TIMESTAMP"))
        .containsExactly("2026-11-21 12:00:00.0");
    assertThat(market.rows("snapshots", "DISTINCT cdc_event_id"))
        .containsExactly("01700000000000-00000000");
    assertThat(market.rows("snapshots", "DISTINCT cdc_shard"))
        .containsExactly(
            "snapshot-20261121T120000Z-00001",
            "snapshot-20261121T120000Z-00002",
            "snapshot-20261121T120000Z-00003",
            "snapshot-20261121T120000Z-00004");
    assertThat(market.rows("snapshots", "DISTINCT old_image")).containsExactly("null");
  }

  @Test
  void theColumnsOfTypedTablesAreThereFromTheFirstRowOn() {
    market.take(market.store, Slice.WHOLE);

    assertThat(market.rows("products_snapshots", "DISTINCT cdc_extra")).containsExactly("null");
    assertThat(market.rows("products_snapshots", "total::INT")).hasSize(20).contains("7", "203");
  }

  @Test
  void aTableWithoutItemsHasACompleteSnapshotWithoutItems() {
    market = new Market(dir, 0);

    Taken taken = market.take(market.store, Slice.WHOLE);

    assertThat(taken).isInstanceOf(Taken.Complete.class);
    market.assertComplete("no items");
    assertThat(market.rows("snapshots", "\"PK\"")).isEmpty();
  }

  @Test
  void aCompleteSnapshotIsNotTouchedAgain() {
    market.take(market.store, Slice.WHOLE);
    Map<ObjectKey, String> before = objects();

    Taken again = market.take(market.store, Slice.WHOLE);

    assertThat(again)
        .isEqualTo(
            new Taken.Already(market.notes().find(Market.TABLE, Market.NOON).orElseThrow(), 4));
    assertThat(objects()).isEqualTo(before);
    assertThat(market.exports.started()).hasSize(1);
  }

  @Test
  void slicesShareOneExportAndTheLastOneCompletesIt() {
    Taken second = market.take(market.store, new Slice(2, 3));
    assertThat(market.notes().moments(Market.TABLE)).isEmpty();
    assertThat(market.notes().unfinished(Market.TABLE)).hasValue(Market.NOON);
    Taken first = market.take(market.store, new Slice(1, 3));
    market.assertSound("before the last slice");

    Taken third = market.take(market.store, new Slice(3, 3));

    assertThat(second)
        .isInstanceOfSatisfying(
            Taken.Partly.class,
            partly -> {
              assertThat(partly.others()).containsExactly(1, 3);
              assertThat(partly.files()).isEqualTo(1);
            });
    assertThat(first)
        .isInstanceOfSatisfying(
            Taken.Partly.class,
            partly -> {
              assertThat(partly.others()).containsExactly(3);
              assertThat(partly.files()).isEqualTo(2);
            });
    assertThat(third).isInstanceOf(Taken.Complete.class);
    assertThat(market.exports.started()).hasSize(1);
    assertThat(market.notes().unfinished(Market.TABLE)).isEmpty();
    market.assertComplete("three slices");
  }

  @Test
  void aSliceThatHasNoFileOfASmallExportIsDoneAtOnce() {
    Taken taken = market.take(market.store, new Slice(9, 9));

    assertThat(taken)
        .isInstanceOfSatisfying(
            Taken.Partly.class, partly -> assertThat(partly.others()).containsExactly(1, 2, 3, 4));
  }

  @Test
  void aFileThatIsDamagedInAnyWayLeavesTheLakeAsItWas() {
    market.exports.describe(market.exports.start(Market.REQUEST, Market.REQUEST.clientToken()));
    for (ObjectKey file : market.dataFilesOfExport()) {
      byte[] content = market.content(file);
      byte[] flipped = content.clone();
      flipped[flipped.length / 2] ^= 1;
      for (byte[] damaged : List.of(Arrays.copyOf(content, content.length - 9), flipped)) {
        market.store.overwrite(file, damaged);
        assertRefused(file);
      }
      market.store.delete(file);
      assertRefused(file);
      market.store.overwrite(file, content);
    }

    market.take(market.store, Slice.WHOLE);

    market.assertComplete("after the files were mended");
  }

  @Test
  void aSnapshotIsNotMadeOfTwoExports() {
    market.take(market.store, new Slice(1, 4));
    String first = market.exports.started().get(0);
    market.store.objects().keySet().stream()
        .filter(key -> key.value().endsWith("manifest-summary.json"))
        .forEach(market.store::delete);
    int before = market.rows("snapshots", "\"PK\"").size();

    assertThatExceptionOfType(LakeException.class)
        .isThrownBy(() -> market.take(market.store, new Slice(2, 4)))
        .withMessage(
            "The snapshot of table 'Market' at 2026-11-21T12:00:00Z was begun with export "
                + first
                + ", and cannot go on with export "
                + market.exports.started().get(1)
                + ", whose items may be in another order; take a snapshot of another moment");

    assertThat(market.rows("snapshots", "\"PK\"")).hasSize(before);
  }

  @Test
  void theProgressCountsEveryItemOnceThoughSomeWereThereBefore() {
    market.take(market.store, new Slice(1, 2));
    List<Long> told = new ArrayList<>();

    market.take(market.store, Slice.WHOLE, counting(told));

    assertThat(told.get(0)).isEqualTo(30);
    assertThat(told.stream().skip(1).mapToLong(Long::longValue).sum()).isEqualTo(30);
  }

  @Test
  void aSliceIsReadAsItIsWritten() {
    assertThat(Slice.parse("2/4")).isEqualTo(new Slice(2, 4)).hasToString("2/4");
    for (String wrong : List.of("0/4", "5/4", "4", "1/0", "a/b", "-1/2", "1/2/3", "")) {
      assertThatThrownBy(() -> Slice.parse(wrong))
          .as(wrong)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("write for example 1/4, up to 4/4");
    }
  }

  private void assertRefused(ObjectKey file) {
    Map<ObjectKey, String> before = objects();
    assertThatExceptionOfType(ExportException.class)
        .isThrownBy(() -> market.take(market.store, Slice.WHOLE))
        .withMessageContaining(file.value());
    assertThat(objects()).as(file.value()).isEqualTo(before);
    assertThat(market.store.uploads()).isEmpty();
  }

  private Map<ObjectKey, String> objects() {
    Map<ObjectKey, String> objects = new TreeMap<>();
    market.store.objects().forEach((key, content) -> objects.put(key, sha256(content)));
    return objects;
  }

  private static String sha256(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SnapshotProgress counting(List<Long> told) {
    return new SnapshotProgress() {
      @Override
      public void started(String exportArn) {}

      @Override
      public void resumed(String exportArn) {}

      @Override
      public void polled(String exportArn, ExportStatus status) {}

      @Override
      public void read(DataFile file, int number, int files, long bytes) {}

      @Override
      public void expect(long items) {
        told.add(items);
      }

      @Override
      public void brought(long items) {
        told.add(items);
      }
    };
  }
}
