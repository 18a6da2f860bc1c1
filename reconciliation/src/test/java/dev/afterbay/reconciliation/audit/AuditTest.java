package dev.afterbay.reconciliation.audit;

import static dev.afterbay.reconciliation.audit.Books.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.transforms.image.Bytes;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.protect.Protection.Rule;
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

class AuditTest {
  private static final Instant ONE = Instant.parse("2026-11-21T13:00:00Z");
  private static final Instant MORNING = Instant.parse("2026-11-21T08:00:00Z");

  @TempDir Path scratch;

  @Test
  void aLakeThatTellsTheTruthHasNoDrift() {
    Books books =
        Books.of(scratch)
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
    assertThat(summary.scannedBytes()).isPositive().isLessThanOrEqualTo(summary.lakeBytes());
    assertThat(books.drift(NOON)).isEmpty();
    assertSound(books);
  }

  @Test
  void everyKeyThatDiffersIsNamedAndRepairedAndCleanAfterwards() {
    Books books =
        Books.of(scratch)
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
  void aChangeAfterARepairCountsAgain() {
    Books books =
        Books.of(scratch).told("1", "old", MORNING).commit().inTruth("1", "new").inTruth("2", "b");
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

  @Test
  void theFirstAuditThatSawTheSameIsRemembered() {
    Books books =
        Books.of(scratch)
            .told("1", "old", MORNING)
            .told("2", "gone", MORNING)
            .commit()
            .inTruth("1", "new");
    books.audit(NOON);
    books.inTruth("3", "never seen");
    books.audit(ONE);
    books.withoutTruth().inTruth("2", "back");
    books.audit(ONE.plusSeconds(3600));

    assertThat(books.drift(ONE))
        .containsExactly(
            "stale {\"Isbn\":{\"S\":\"1\"}} " + NOON,
            "phantom {\"Isbn\":{\"S\":\"2\"}} " + NOON,
            "missing {\"Isbn\":{\"S\":\"3\"}} " + ONE);
    assertThat(books.drift(ONE.plusSeconds(3600)))
        .containsExactly(
            "phantom {\"Isbn\":{\"S\":\"1\"}} " + ONE.plusSeconds(3600),
            "stale {\"Isbn\":{\"S\":\"2\"}} " + ONE.plusSeconds(3600));
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
  void whatChangedAroundTheMomentMayBeAnyOfItsVersions(String title, long drift, long rechecked) {
    Books books =
        Books.of(scratch)
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
  void anItemThatWasMadeAroundTheMomentMayBeAbsent() {
    Books books =
        Books.of(scratch)
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
  void keysOfAllTypesAreCompared() {
    Books books =
        new Books(
            scratch,
            new KeyAttribute("k1", KeyType.B),
            new KeyAttribute("Number \"n\"", KeyType.N));
    for (int i = 0; i < 5; i++) {
      Map<String, Value> key =
          Map.of(
              "k1",
              new Value.B(Bytes.of(new byte[] {0, (byte) (200 + i)})),
              "Number \"n\"",
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
            "phantom {\"Number \\\"n\\\"\":{\"N\":\"1.5\"},\"k1\":{\"B\":\"AMk=\"}} " + NOON,
            "stale {\"Number \\\"n\\\"\":{\"N\":\"3.5\"},\"k1\":{\"B\":\"AMs=\"}} " + NOON);
    books.repair(summary);
    assertThat(books.audit(ONE).drift()).isZero();
  }

  @Test
  void whatIsSensitiveIsProtectedOnBothSides() {
    Books books =
        Books.of(scratch)
            .protecting(Map.of("Title", Rule.HASH))
            .told("1", "secret", MORNING)
            .told("2", "secret", MORNING)
            .commit()
            .inTruth("1", "secret")
            .inTruth("2", "other");

    AuditSummary summary = books.audit(NOON);

    assertThat(books.drift(NOON)).containsExactly("stale {\"Isbn\":{\"S\":\"2\"}} " + NOON);
    books.repair(summary);
    assertThat(books.audit(ONE).drift()).isZero();
    assertThat(LakeRows.of(books, scratch)).noneMatch(row -> row.contains("other"));
  }

  @Test
  void aLakeThatBeganWithASnapshotIsComparedFromThere() {
    Books books =
        Books.of(scratch)
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
  void aLakeWithoutAnyFileMissesEverything() {
    Books books = Books.of(scratch).inTruth("1", "a");

    AuditSummary summary = books.audit(NOON);

    assertThat(summary.missing()).isEqualTo(1);
    books.repair(summary);
    assertThat(books.audit(ONE).drift()).isZero();
  }

  @Test
  void aLakeThatDoesNotComePastTheMomentIsNotCompared() {
    Books books = Books.of(scratch).inTruth("1", "a");
    books.completeness =
        (table, moment) -> new Completeness.Progress.Behind("shard x is at " + MORNING);

    assertThatExceptionOfType(LakeException.class)
        .isThrownBy(() -> books.audit(NOON))
        .withMessage(
            "The lake of Books did not come past 2026-11-21T12:00:00Z in 60 s: shard x is at"
                + " 2026-11-21T08:00:00Z. Is a worker running? Then repeat with --at"
                + " 2026-11-21T12:00:00Z and a longer --wait");
  }

  @Test
  void anAuditThatIsAskedForAgainTellsTheSame() {
    Books books = Books.of(scratch).told("1", "a", MORNING).commit();
    AuditSummary first = books.audit(NOON);
    books.inTruth("1", "a");

    assertThat(books.audit(NOON)).isEqualTo(first);
  }

  private static Item with(Map<String, Value> key, String text) {
    Map<String, Value> attributes = new HashMap<>(key);
    attributes.put("Text", new Value.S(text));
    return new Item(attributes);
  }

  private static void assertSound(Books books) {
    assertThat(new LakeCheck(books.store, Books.LAKE).check(Books.TABLE).findings()).isEmpty();
  }
}
