package dev.afterbay.reconciliation.audit;

import static dev.afterbay.reconciliation.audit.Books.NOON;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

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

class AuditTest {
  private static final Instant ONE = Instant.parse("2026-11-21T13:00:00Z");
  private static final Instant MORNING = Instant.parse("2026-11-21T08:00:00Z");

  @TempDir Path scratch;

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

  @Test
  void keysOfAllTypesAreCompared() {
    Books books =
        new Books(
            scratch,
            new MemoryGround(),
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
  void whatWasScannedIsPartOfTheLake() {
    Books books = Books.of(scratch).told("1", "a", MORNING).commit();

    AuditSummary summary = books.audit(NOON);

    assertThat(summary.scannedBytes()).isPositive().isLessThanOrEqualTo(summary.lakeBytes());
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
}
