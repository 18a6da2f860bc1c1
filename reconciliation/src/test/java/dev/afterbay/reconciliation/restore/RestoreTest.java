package dev.afterbay.reconciliation.restore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.reconciliation.audit.Books;
import dev.afterbay.reconciliation.compare.KeyColumns;
import dev.afterbay.reconciliation.compare.LakeSide;
import dev.afterbay.reconciliation.restore.RestoreSummary.Difference;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RestoreTest {
  private static final int BOOKS = 130;
  private static final Instant LATER = Books.NOON.plusSeconds(1);

  @TempDir Path dir;
  private Books books;
  private MemoryTable target;
  private Instant now = LATER;
  private int folders;

  @BeforeEach
  void aLakeOfBooks() {
    books = Books.of(dir);
    IntStream.range(0, BOOKS).forEach(i -> books.told("b" + i, "first", Books.NOON));
    books.told("b1", "second", LATER).told("b2", null, LATER).commit();
    target = new MemoryTable("Isbn");
  }

  @Test
  void aTableHoldsWhatWasThereAtTheMomentAndNothingLater() {
    RestoreSummary summary = restore(Books.NOON);

    assertThat(target.items.values()).containsExactlyInAnyOrderElementsOf(atNoon());
    assertThat(summary.difference().none()).isTrue();
    assertThat(summary.items()).isEqualTo(BOOKS);
    assertThat(summary.written()).isEqualTo(BOOKS);
  }

  @Test
  void whatIsNotTakenIsPutAgain() {
    target.taken = 7;

    assertThat(restore(Books.NOON).difference().none()).isTrue();
    assertThat(target.puts).isGreaterThan(BOOKS / 7);
  }

  @Test
  void aTableThatTakesNothingIsGivenUpWithAWayOut() {
    target.taken = 0;

    assertThatThrownBy(() -> restore(Books.NOON))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("takes no more items")
        .hasMessageContaining("--rate");
  }

  @Test
  void whatWasKilledGoesOnWithWhatIsLacking() {
    target.healthyPuts = 2;
    assertThatThrownBy(() -> restore(Books.NOON)).hasMessage("killed");
    target.healthyPuts = Integer.MAX_VALUE;

    RestoreSummary summary = restore(Books.NOON);

    assertThat(summary.written()).isEqualTo(BOOKS - 2 * TargetTable.MOST_AT_ONCE);
    assertThat(target.items.values()).containsExactlyInAnyOrderElementsOf(atNoon());
  }

  @Test
  void anotherMomentIsNotMixedIn() {
    target.healthyPuts = 2;
    assertThatThrownBy(() -> restore(Books.NOON)).hasMessage("killed");

    assertThatThrownBy(() -> restore(LATER))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("is being filled with 'Books' at " + Books.NOON);

    target.delete();
    target.healthyPuts = Integer.MAX_VALUE;
    assertThat(restore(LATER).items()).isEqualTo(BOOKS - 1);
  }

  @Test
  void aTableOfSomebodyElseIsLeftAlone() {
    target.create();
    target.set(Books.book("foreign", "theirs"));

    assertThatThrownBy(() -> restore(Books.NOON))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("holds items that no restore of 'Books' put there");
    assertThat(target.items).hasSize(1);
  }

  @Test
  void anEmptyTableIsFilled() {
    target.create();

    assertThat(restore(Books.NOON).difference().none()).isTrue();
  }

  @Test
  void itemsThatAppearMeanwhileAreNotTakenForItsOwn() {
    target.healthyPuts = 1;
    assertThatThrownBy(() -> restore(Books.NOON)).hasMessage("killed");
    target.healthyPuts = Integer.MAX_VALUE;
    target.set(Books.book("foreign", "theirs"));

    assertThatThrownBy(() -> restore(Books.NOON))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("holds 1 items that 'Books' did not have");
  }

  @Test
  void whatTheTableDoesNotHoldInTheEndIsToldAndPutByTheNextRun() {
    target.swallowed = Books.book("b7", "first");

    assertThat(restore(Books.NOON).difference()).isEqualTo(new Difference(1, 0, 0));
    target.swallowed = null;
    assertThat(restore(Books.NOON).written()).isEqualTo(1);
  }

  @Test
  void aVerifiedTableIsNeverWrittenToAgain() {
    restore(Books.NOON);
    target.set(Books.book("b3", "changed by its users"));

    assertThatThrownBy(() -> restore(Books.NOON))
        .isInstanceOf(RestoreException.class)
        .hasMessageContaining("verified at");
    assertThat(target.items.values()).contains(Books.book("b3", "changed by its users"));
  }

  @Test
  void aStateStartsFromTheNewestSnapshotBeforeIt() {
    Instant exported = Books.NOON.plusSeconds(3600);
    books.snapshot(exported, Books.book("x", "exported"), Books.book("b1", "exported"));

    assertThat(restore(LATER).items()).isEqualTo(BOOKS - 1);
    target.delete();
    target.items.clear();
    restore(exported.plusSeconds(1));

    assertThat(target.items.values())
        .containsExactlyInAnyOrder(Books.book("x", "exported"), Books.book("b1", "exported"));
  }

  @Test
  void attributesAreLeftOutOfWhatIsWrittenAndOfWhatIsExpected() {
    RestoreSummary summary = restore(Books.NOON, Set.of("Title"));

    assertThat(summary.difference().none()).isTrue();
    assertThat(target.items.values()).noneMatch(item -> item.attribute("Title").isPresent());
  }

  @Test
  void noMoreIsWrittenInASecondThanWasAllowed() {
    Instant before = now;

    restore(Books.NOON);

    // Some of it may be caught up: a fifth of a second, and the batch that is under way.
    double seconds = Duration.between(before, now).toMillis() / 1000.0;
    assertThat(seconds).isBetween((BOOKS - 25) / 100.0 - 0.25, BOOKS / 100.0);
  }

  private static List<Item> atNoon() {
    return IntStream.range(0, BOOKS).mapToObj(i -> Books.book("b" + i, "first")).toList();
  }

  private RestoreSummary restore(Instant at) {
    return restore(at, Set.of());
  }

  private RestoreSummary restore(Instant at, Set<String> without) {
    return new Restore(
            books.store,
            books.lake,
            Books.TABLE,
            target,
            at,
            without,
            new Restore.Tempo(100, () -> now, this::pass))
        .run(
            () ->
                PastState.of(
                    LakeSide.of(books.store, books.lake, Books.TABLE, at),
                    new KeyColumns(List.of(new KeyAttribute("Isbn", KeyType.S))),
                    without,
                    books.store,
                    dir.resolve("state-" + folders++)),
            RestoreProgress.none());
  }

  private synchronized void pass(Duration time) {
    now = now.plus(time);
  }
}
