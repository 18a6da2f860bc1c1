package dev.afterbay.transforms.ordering;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.image.Digest;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.ordering.ShardCursor.Accepted;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardCursorTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @Test
  void theStartIsBeforeEverything() {
    ShardCursor start = ShardCursor.start();

    assertThat(start.position()).isEmpty();
    assertThat(start.records()).isZero();
    assertThat(start.digest()).isEqualTo("00000000000000000000000000000000");
  }

  @Test
  void aRecordMovesTheCursor() {
    Accepted accepted = ShardCursor.start().accept(event("21", NOON, "a")).orElseThrow();

    assertThat(accepted.cdcTime()).isEqualTo(NOON);
    assertThat(accepted.cursor().position()).contains(SequenceNumber.parse("21"));
    assertThat(accepted.cursor().latest()).isEqualTo(NOON);
    assertThat(accepted.cursor().records()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"21", "20", "1", "000000000000000000021"})
  void aRecordAtOrBeforeThePositionIsDropped(String sequenceNumber) {
    ShardCursor cursor = after(ShardCursor.start(), event("21", NOON, "a"));

    assertThat(cursor.accept(event(sequenceNumber, NOON.plusSeconds(1), "b"))).isEmpty();
  }

  @Test
  void theFirstRecordIsAcceptedWhateverItsNumber() {
    assertThat(ShardCursor.start().accept(event("0", NOON, "a"))).isPresent();
  }

  @Test
  void timeNeverDecreases() {
    ShardCursor cursor = after(ShardCursor.start(), event("1", NOON, "a"));

    Accepted earlier = cursor.accept(event("2", NOON.minusSeconds(60), "b")).orElseThrow();
    Accepted later = earlier.cursor().accept(event("3", NOON.plusSeconds(1), "c")).orElseThrow();

    assertThat(earlier.cdcTime()).isEqualTo(NOON);
    assertThat(earlier.cursor().latest()).isEqualTo(NOON);
    assertThat(later.cdcTime()).isEqualTo(NOON.plusSeconds(1));
  }

  @Test
  void timeIsHeldInMicroseconds() {
    Accepted accepted =
        ShardCursor.start().accept(event("1", NOON.plusNanos(1_234_567), "a")).orElseThrow();

    assertThat(accepted.cdcTime()).isEqualTo(NOON.plusNanos(1_234_000));
  }

  @Test
  void aChildGoesOnWithTimeCountAndDigestButNotWithThePosition() {
    ShardCursor parent = after(ShardCursor.start(), event("500", NOON, "a"));

    ShardCursor child = parent.child();

    assertThat(child.position()).isEmpty();
    assertThat(child.latest()).isEqualTo(NOON);
    assertThat(child.records()).isEqualTo(1);
    assertThat(child.digest()).isEqualTo(parent.digest());
    assertThat(child.accept(event("501", NOON.minusSeconds(5), "b")).orElseThrow().cdcTime())
        .isEqualTo(NOON);
  }

  @Test
  void theDigestIsAChainOverSequenceNumbersAndImages() {
    ShardCursor one = after(ShardCursor.start(), event("1", NOON, "a"));
    ShardCursor two = after(one, event("2", NOON, "b"));

    assertThat(two.digest())
        .isEqualTo(
            Digest.of(
                one.digest()
                    + "|0000000000000000000000000000000000000002|"
                    + image("b").digest()
                    + "|-"));
  }

  @Test
  void aRecordThatIsNoChangeMovesPositionCountAndDigestToo() {
    ShardCursor cursor = after(ShardCursor.start(), event("1", NOON, "a"));

    Accepted accepted =
        cursor.accept(SequenceNumber.parse("2"), Optional.empty(), "content").orElseThrow();
    ShardCursor next = accepted.cursor();

    assertThat(accepted.cdcTime()).as("the latest time before it").isEqualTo(NOON);
    assertThat(next.position()).contains(SequenceNumber.parse("2"));
    assertThat(next.records()).isEqualTo(2);
    assertThat(next.digest())
        .isEqualTo(
            Digest.of(cursor.digest() + "|0000000000000000000000000000000000000002|content"));
    assertThat(next.covers(SequenceNumber.parse("2"))).isTrue();
    assertThat(next.covers(SequenceNumber.parse("3"))).isFalse();
    assertThat(next.accept(SequenceNumber.parse("2"), Optional.of(NOON.plusSeconds(1)), "x"))
        .isEmpty();
    assertThat(
            next.accept(SequenceNumber.parse("3"), Optional.of(NOON.plusSeconds(1)), "x")
                .orElseThrow()
                .cdcTime())
        .isEqualTo(NOON.plusSeconds(1));
  }

  @Test
  void anyDifferenceInTheRecordsShowsInTheDigest() {
    ShardCursor start = ShardCursor.start();
    ChangeEvent put = event("1", NOON, "a");
    ChangeEvent other = event("1", NOON, "b");
    ChangeEvent elsewhere = event("2", NOON, "a");
    ChangeEvent removed =
        new ChangeEvent(
            Operation.REMOVE,
            NOON,
            SequenceNumber.parse("1"),
            "e",
            false,
            image("k"),
            null,
            image("a"));

    assertThat(
            List.of(
                start.digest(),
                after(start, put).digest(),
                after(start, other).digest(),
                after(start, elsewhere).digest(),
                after(start, removed).digest(),
                after(after(start, put), elsewhere).digest()))
        .doesNotHaveDuplicates();
    assertThat(after(start, put).digest())
        .isEqualTo(after(start, event("1", NOON.plusSeconds(9), "a")).digest());
  }

  @Test
  void readingAgainFromAnyPointWithAnyRepetitionEndsInTheSameCursor() {
    for (long seed = 0; seed < 300; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      List<ChangeEvent> events = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        Instant time = NOON.plusMillis(random.nextInt(-5_000, 5_000));
        events.add(event(Integer.toString(3 * i), time, "v" + random.nextInt(5)));
      }
      ShardCursor once = ShardCursor.start();
      for (ChangeEvent event : events) {
        ShardCursor next = after(once, event);
        assertThat(next.latest()).as("seed %d", seed).isAfterOrEqualTo(once.latest());
        once = next;
      }

      ShardCursor repeated = ShardCursor.start();
      int next = 0;
      while (next < events.size()) {
        repeated = repeated.accept(events.get(next)).map(Accepted::cursor).orElse(repeated);
        next = random.nextInt(3) == 0 ? Math.max(0, next - random.nextInt(5)) : next + 1;
      }

      assertThat(repeated).as("seed %d", seed).isEqualTo(once);
      assertThat(repeated.records()).as("seed %d", seed).isEqualTo(events.size());
    }
  }

  @Test
  void aDigestOfAnotherFormIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ShardCursor(Optional.empty(), NOON, 0, "ABC"))
        .withMessage("A running digest has 32 hexadecimal digits in lower case, not 'ABC'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ShardCursor(Optional.empty(), NOON, -1, "0".repeat(32)))
        .withMessage("A cursor cannot have accepted -1 records");
  }

  private static ShardCursor after(ShardCursor cursor, ChangeEvent event) {
    return cursor.accept(event).orElseThrow().cursor();
  }

  private static ChangeEvent event(String sequenceNumber, Instant time, String value) {
    return new ChangeEvent(
        Operation.INSERT,
        time,
        SequenceNumber.parse(sequenceNumber),
        "event-" + sequenceNumber,
        false,
        image("key"),
        image(value),
        null);
  }

  private static Image image(String value) {
    return Image.parse("{\"PK\":{\"S\":\"" + value + "\"}}");
  }
}
