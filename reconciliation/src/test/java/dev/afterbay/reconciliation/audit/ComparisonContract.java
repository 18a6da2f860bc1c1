package dev.afterbay.reconciliation.audit;

import static dev.afterbay.reconciliation.audit.Books.NOON;
import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.transforms.image.Bytes;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What audits come to, whichever engine compares. */
public abstract class ComparisonContract {
  private static final Instant ONE = Instant.parse("2026-11-21T13:00:00Z");
  private static final Instant MORNING = Instant.parse("2026-11-21T08:00:00Z");

  @TempDir Path scratch;

  /** A place of its own for the lake of one test, and the engine. */
  protected abstract Ground ground();

  private Books books(KeyAttribute... keys) {
    return new Books(
        scratch,
        ground(),
        keys.length == 0 ? new KeyAttribute[] {new KeyAttribute("Isbn", KeyType.S)} : keys);
  }

  @Test
  final void aLakeThatTellsTheTruthHasNoDrift() {
    Books books =
        books()
            .told("1", "first", MORNING)
            .told("2", "second", MORNING)
            .told("1", "revised", MORNING.plusSeconds(60))
            .told("3", "third", MORNING)
            .told("3", null, MORNING.plusSeconds(60))
            .told("1", "later", NOON.plusSeconds(600))
            .commit()
            .inTruth("1", "revised")
            .inTruth("2", "second");

    AuditSummary summary = books.audit(NOON);

    assertThat(summary.drift()).isZero();
    assertThat(summary.items()).isEqualTo(2);
    assertThat(summary.rechecked()).isZero();
    assertThat(summary.scannedBytes()).isPositive();
    assertThat(books.drift(NOON)).isEmpty();
    assertSound(books);
  }

  @Test
  final void everyKeyThatDiffersIsNamedAndRepairedAndCleanAfterwards() {
    Books books =
        books()
            .told("fine", "fine", MORNING)
            .told("stale", "old", MORNING)
            .told("phantom", "gone", MORNING)
            .told("resurrected", "dead", MORNING)
            .told("resurrected", null, MORNING.plusSeconds(1))
            .commit()
            .inTruth("fine", "fine")
            .inTruth("stale", "new")
            .inTruth("missing", "never seen")
            .inTruth("resurrected", "alive");

    AuditSummary summary = books.audit(NOON);

    assertThat(books.drift(NOON))
        .containsExactly(
            "missing {\"Isbn\":{\"S\":\"missing\"}} " + NOON,
            "phantom {\"Isbn\":{\"S\":\"phantom\"}} " + NOON,
            "missing {\"Isbn\":{\"S\":\"resurrected\"}} " + NOON,
            "stale {\"Isbn\":{\"S\":\"stale\"}} " + NOON);
    assertThat(summary)
        .extracting(AuditSummary::missing, AuditSummary::stale, AuditSummary::phantom)
        .containsExactly(2L, 1L, 1L);

    assertThat(books.repair(summary)).isEqualTo(4);

    assertThat(books.audit(ONE).drift()).isZero();
    assertThat(books.repair(summary)).isEqualTo(4);
    assertThat(LakeRows.of(books, scratch))
        .contains(
            "INSERT REPAIR - 0 missing never seen null",
            "REMOVE REPAIR 102 phantom null gone",
            "INSERT REPAIR 104 resurrected alive null",
            "MODIFY REPAIR 101 stale new old")
        .hasSize(9);
    assertSound(books);
  }

  @Test
  final void aChangeAfterARepairCountsAgain() {
    Books books = books().told("1", "old", MORNING).commit().inTruth("1", "new").inTruth("2", "b");
    books.repair(books.audit(NOON));
    books
        .told("1", "newer", NOON.plusSeconds(100))
        .told("2", "bb", NOON.plusSeconds(100))
        .commit()
        .withoutTruth()
        .inTruth("1", "newer")
        .inTruth("2", "bb");

    assertThat(books.audit(ONE).drift()).isZero();
  }

  /** Versions at -10, -4, 0 and +4 seconds around noon; the one at -4 is a removal. */
  @ParameterizedTest
  @CsvSource({
    "before,  0, 1",
    "'',      0, 1",
    "at,      0, 0",
    "after,   0, 1",
    "other,   1, 0",
    "ancient, 1, 0"
  })
  final void whatChangedAroundTheMomentMayBeAnyOfItsVersions(
      String title, long drift, long rechecked) {
    Books books =
        books()
            .told("1", "ancient", MORNING)
            .told("1", "before", NOON.minusSeconds(10))
            .told("1", null, NOON.minusSeconds(4))
            .told("1", "at", NOON)
            .told("1", "after", NOON.plusSeconds(4))
            .told("1", "late", NOON.plusSeconds(6))
            .commit();
    if (!title.isEmpty()) {
      books.inTruth("1", title);
    }

    AuditSummary summary = books.audit(NOON);

    assertThat(summary.drift()).isEqualTo(drift);
    assertThat(summary.rechecked()).isEqualTo(rechecked);
  }

  @Test
  final void anItemThatWasMadeAroundTheMomentMayBeAbsent() {
    Books books =
        books()
            .told("old", "x", NOON.minusSeconds(6))
            .told("young", "x", NOON.minusSeconds(2))
            .told("unborn", "x", NOON.plusSeconds(3))
            .commit()
            .inTruth("unborn", "x");

    AuditSummary summary = books.audit(NOON);

    assertThat(summary.rechecked()).isEqualTo(2);
    assertThat(books.drift(NOON)).containsExactly("phantom {\"Isbn\":{\"S\":\"old\"}} " + NOON);
  }

  @Test
  final void aLakeThatBeganWithASnapshotIsComparedFromThere() {
    Books books =
        books()
            .snapshot(MORNING, Books.book("1", "a"), Books.book("2", "b"), Books.book("3", "c"))
            .told("2", "bb", MORNING.plusSeconds(10))
            .commit()
            .inTruth("1", "a")
            .inTruth("2", "bb")
            .inTruth("3", "cc");

    AuditSummary summary = books.audit(NOON);

    assertThat(books.drift(NOON)).containsExactly("stale {\"Isbn\":{\"S\":\"3\"}} " + NOON);
    books.repair(summary);
    assertThat(books.audit(ONE).drift()).isZero();
    assertSound(books);
  }

  @Test
  final void aLakeWithoutAnyFileMissesEverything() {
    Books books = books().inTruth("1", "a");

    AuditSummary summary = books.audit(NOON);

    assertThat(summary.missing()).isEqualTo(1);
    books.repair(summary);
    assertThat(books.audit(ONE).drift()).isZero();
  }

  @Test
  final void keysOfAllTypesAreCompared() {
    Books books = books(new KeyAttribute("k1", KeyType.B), new KeyAttribute("Number-n", KeyType.N));
    for (int i = 0; i < 5; i++) {
      Map<String, Value> key =
          Map.of(
              "k1",
              new Value.B(Bytes.of(new byte[] {0, (byte) (200 + i)})),
              "Number-n",
              new Value.N(i + ".50"));
      Item item = with(key, "a");
      books.told(new Item(key), item, MORNING);
      if (i != 1) {
        books.inTruth(i == 3 ? with(key, "b") : item);
      }
    }
    books.commit();

    AuditSummary summary = books.audit(NOON);

    assertThat(books.drift(NOON))
        .containsExactly(
            "phantom {\"Number-n\":{\"N\":\"1.5\"},\"k1\":{\"B\":\"AMk=\"}} " + NOON,
            "stale {\"Number-n\":{\"N\":\"3.5\"},\"k1\":{\"B\":\"AMs=\"}} " + NOON);
    books.repair(summary);
    assertThat(books.audit(ONE).drift()).isZero();
  }

  @Test
  final void aRowOfHealingStandsWithinItsGapAndIsRepairedInItsPlace() {
    Books books =
        books()
            .told("1", "before", MORNING)
            .told("2", "before", MORNING)
            .told("3", "before", MORNING)
            .commit()
            .healed("1", "healed", 150, MORNING.plusSeconds(60))
            .healed("2", "healed", 151, MORNING.plusSeconds(60))
            .healed("3", null, 152, MORNING.plusSeconds(60))
            .continuing(200)
            .told("2", "after", MORNING.plusSeconds(120))
            .commit()
            .inTruth("1", "healed")
            .inTruth("2", "after");

    assertThat(books.audit(NOON).drift()).isZero();

    books.withoutTruth().inTruth("1", "other").inTruth("2", "after");
    AuditSummary summary = books.audit(ONE);

    assertThat(books.drift(ONE)).containsExactly("stale {\"Isbn\":{\"S\":\"1\"}} " + ONE);
    books.repair(summary);
    assertThat(books.audit(ONE.plusSeconds(3600)).drift()).isZero();
    assertSound(books);
  }

  @Test
  final void aRepairOfWhatHappenedAtTheMomentItselfIsTheLaterOne() {
    Books books = books().told("1", "old", NOON.minusSeconds(6)).told("1", "wrong", NOON).commit();
    books.inTruth("1", "right");
    AuditSummary summary = books.audit(NOON);
    assertThat(summary.stale()).isEqualTo(1);

    books.repair(summary);

    assertThat(books.audit(NOON.plusSeconds(600)).drift()).isZero();
  }

  @Test
  final void twoComparisonsOfATableDoNotSeeEachOther() {
    Books books = books().told("1", "a", MORNING).told("2", "b", MORNING).commit();
    books.inTruth("1", "a").inTruth("2", "b");
    assertThat(books.audit(NOON).drift()).isZero();

    books.withoutTruth().inTruth("2", "b");

    assertThat(books.audit(ONE).phantom()).isEqualTo(1);
  }

  private static Item with(Map<String, Value> key, String text) {
    Map<String, Value> attributes = new HashMap<>(key);
    attributes.put("Text", new Value.S(text));
    return new Item(attributes);
  }

  private static void assertSound(Books books) {
    assertThat(new LakeCheck(books.store, books.lake).check(Books.TABLE).findings()).isEmpty();
  }
}
