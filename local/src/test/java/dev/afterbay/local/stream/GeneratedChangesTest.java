package dev.afterbay.local.stream;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.local.stream.GeneratedChanges.Shape;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

class GeneratedChangesTest {
  private static final ScriptedTable TABLE = ScriptedTable.named("Orders");
  private static final Instant START = Instant.parse("2026-11-21T05:00:00Z");

  @Test
  void eachOldImageIsTheNewImageBefore() {
    Map<Map<String, AttributeValue>, Map<String, AttributeValue>> current = new HashMap<>();
    for (Change change : changes(TABLE, Shape.ORDINARY.ofKeys(50), 3).limit(5_000).toList()) {
      Map<String, AttributeValue> before = current.get(change.keys());
      assertThat(change.oldImage()).isEqualTo(before);
      assertThat(change.operation())
          .isEqualTo(
              before == null
                  ? Operation.INSERT
                  : change.newImage() == null ? Operation.REMOVE : Operation.MODIFY);
      assertThat(change.newImage()).isNotEqualTo(before);
      if (change.newImage() == null) {
        current.remove(change.keys());
      } else {
        assertThat(change.newImage()).containsAllEntriesOf(change.keys());
        current.put(change.keys(), change.newImage());
      }
    }
    assertThat(current).hasSizeGreaterThan(30);
  }

  @Test
  void everyKindOfChangeHappens() {
    Map<Object, Long> kinds =
        changes(TABLE, Shape.ORDINARY.ofKeys(50), 3)
            .limit(5_000)
            .collect(
                Collectors.groupingBy(
                    change -> change.operation() + " " + change.cause(), Collectors.counting()));

    assertThat(kinds)
        .containsOnlyKeys("INSERT CLIENT", "MODIFY CLIENT", "REMOVE CLIENT", "REMOVE TTL");
  }

  @Test
  void theSameSeedGivesTheSameHistory() {
    assertThat(changes(TABLE, Shape.ORDINARY, 4).limit(100).toList())
        .isEqualTo(changes(TABLE, Shape.ORDINARY, 4).limit(100).toList())
        .isNotEqualTo(changes(TABLE, Shape.ORDINARY, 5).limit(100).toList());
  }

  @Test
  void skewPrefersTheFirstKeys() {
    assertThat(shareOfTheFirstTenth(0)).isBetween(0.07, 0.13);
    assertThat(shareOfTheFirstTenth(2)).isGreaterThan(0.4);
  }

  private static double shareOfTheFirstTenth(double skew) {
    Shape shape = new Shape(100, skew, 200, 0.1, 0, 0);
    return changes(TABLE, shape, 1)
            .limit(4_000)
            .filter(change -> key(change, "PK").s().matches("PK#[0-9]"))
            .count()
        / 4_000.0;
  }

  @Test
  void anImageHasAboutTheSizeAskedFor() {
    for (int bytes : new int[] {300, 1_000, 100_000}) {
      Change change = changes(TABLE, Shape.ORDINARY.ofBytes(bytes), 1).iterator().next();
      assertThat(ItemSize.of(change.newImage())).isBetween(bytes * 8 / 10, bytes * 12 / 10);
    }
  }

  @Test
  void timeGoesOnAtTheRateAndSometimesStepsBack() {
    Shape backwards = new Shape(50, 0, 200, 0.1, 0, 0.05);
    GeneratedChanges source =
        new GeneratedChanges(TABLE, backwards, 1, SteadyClock.perSecond(START, 100));
    List<Instant> times = Stream.generate(source).limit(1_000).map(Change::at).toList();

    assertThat(Duration.between(times.get(0), times.get(999)).toSeconds()).isBetween(6L, 10L);
    long back = 0;
    for (int i = 1; i < times.size(); i++) {
      back += times.get(i).isBefore(times.get(i - 1)) ? 1 : 0;
    }
    assertThat(back).isBetween(20L, 80L);
  }

  @Test
  void keysOfEveryTypeAreMade() {
    ScriptedTable table =
        new ScriptedTable(
            new TableName("Other"),
            List.of(new KeyAttribute("id", KeyType.N), new KeyAttribute("raw", KeyType.B)));

    Change change = changes(table, Shape.ORDINARY, 1).iterator().next();

    assertThat(key(change, "id").n()).isNotNull();
    assertThat(key(change, "raw").b()).isNotNull();
  }

  private static AttributeValue key(Change change, String name) {
    return Objects.requireNonNull(change.keys().get(name));
  }

  private static Stream<Change> changes(ScriptedTable table, Shape shape, long seed) {
    return Stream.generate(
        new GeneratedChanges(table, shape, seed, SteadyClock.perSecond(START, 1_000)));
  }
}
