package dev.afterbay.sinks.generations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.sinks.generations.Generation.Coverage;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.protect.Protection.Rule;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Template;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.ColumnType;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class GenerationNotesTest {
  private static final TableName TABLE = new TableName("Shop");
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final Lake LAKE = new Lake("lake");

  private final MemoryObjectStore store = new MemoryObjectStore();
  private final GenerationNotes notes = new GenerationNotes(store, LAKE);

  /** Which notes stand, and what follows from them. */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "1                               | orders     | -          | -",
        "2                               | -          | orders__g2 | -",
        "1 2                             | orders     | orders__g2 | -",
        "1 2 2.current                   | orders__g2 | -          | orders",
        "2 2.current                     | orders__g2 | -          | -",
        "1 2 3                           | orders     | orders__g3 | orders__g2",
        "1 2 2.current 3                 | orders__g2 | orders__g3 | orders",
        "1 2 2.current 3 3.current       | orders__g3 | -          | orders,orders__g2",
        "1 2 3 3.current                 | orders__g3 | -          | orders,orders__g2",
        "1 2 2.current 1.dropped         | orders__g2 | -          | orders",
        "1 2 2.snapshot-20261121T120000Z | orders     | orders__g2 | -",
      })
  void theStateFollowsFromTheNotes(String standing, String current, String building, String old) {
    for (String note : standing.trim().split(" ", -1)) {
      put(note);
    }

    Generations state = notes.of(TABLE, "orders");

    assertThat(state.current().map(Generation::folder)).isEqualTo(Optional.ofNullable(current));
    assertThat(state.building().map(Generation::folder)).isEqualTo(Optional.ofNullable(building));
    assertThat(state.old().stream().map(Generation::folder).collect(Collectors.joining(",")))
        .isEqualTo(old == null ? "" : old);
    assertThat(state.droppedFolders())
        .isEqualTo(standing.contains("1.dropped") ? Set.of("orders") : Set.of());
  }

  private void put(String note) {
    String[] parts = note.split("\\.", -1);
    Generation generation = generation(Integer.parseInt(parts[0]), definition("bigint"));
    if (parts.length == 1) {
      notes.publish(generation);
    } else if ("current".equals(parts[1])) {
      notes.makeCurrent(generation, NOON);
    } else if ("dropped".equals(parts[1])) {
      notes.drop(generation, NOON);
    } else {
      notes.holds(generation, NOON, NOON);
    }
  }

  @Test
  void theFirstNoteOfANumberIsTheOnlyOne() {
    Generation first = notes.publish(generation(2, definition("bigint")));
    Generation second =
        new GenerationNotes(store, LAKE).publish(generation(2, definition("double")));

    assertThat(first.definition().isLike(definition("bigint"))).isTrue();
    assertThat(second.definition().isLike(definition("bigint"))).isTrue();
    assertThat(second.begunAt()).contains(NOON);
  }

  @Test
  void aDefinitionComesBackAsItWas() {
    Definition definition = definition("decimal(12,2)");

    notes.publish(generation(2, definition));
    Definition back =
        new GenerationNotes(store, LAKE).of(TABLE, "orders").all().get(0).definition();

    assertThat(back.text()).isEqualTo(definition.text());
    assertThat(back.entity().declaredColumns()).isEqualTo(definition.entity().declaredColumns());
    assertThat(back.entity().where()).isEqualTo(definition.entity().where());
    assertThat(back.protect()).isEqualTo(definition.protect());
    assertThat(definition.isLike(definition("double"))).isFalse();
  }

  @Test
  void whichGenerationsHaveASnapshotIsNoted() {
    put("1");
    put("2");
    put("2.snapshot");

    assertThat(notes.holders(TABLE, NOON)).containsExactly("orders__g2");
    assertThat(notes.holders(TABLE, NOON.plusSeconds(1))).isEmpty();
  }

  @Test
  void aDamagedNoteIsToldOfWithTheWayOut() {
    store.putIfAbsent(
        LAKE.generation(TABLE, "orders", 2, ""), "{}".getBytes(StandardCharsets.UTF_8));

    assertThatThrownBy(() -> notes.of(TABLE))
        .isInstanceOf(LakeException.class)
        .hasMessageContaining("orders/000002.json' is damaged")
        .hasMessageContaining("restore it");
  }

  @Test
  void aFolderTellsItsEntity() {
    assertThat(Generation.folder("orders", 1)).isEqualTo("orders");
    assertThat(Generation.folder("orders", 12)).isEqualTo("orders__g12");
    assertThat(Generation.entityOf("orders__g12")).isEqualTo("orders");
    assertThat(Generation.entityOf("orders")).isEqualTo("orders");
  }

  private static Generation generation(int number, Definition definition) {
    return new Generation(
        TABLE,
        number,
        definition,
        Coverage.WHOLE,
        number == 1 ? Optional.empty() : Optional.of(NOON));
  }

  private static Definition definition(String type) {
    return new Definition(
        new Entity(
            "orders",
            Map.of("PK", Template.parse("ORDER|{order_id:bigint}", '|')),
            Map.of("kind", List.of(new Value.S("order"), new Value.N("7"))),
            Map.of("GSI", Template.parse("S#{status}", '#')),
            Set.of("b", "a"),
            List.of(Column.of("Total", ColumnType.parse(type))),
            true,
            Optional.empty()),
        Map.of("Email", Rule.HASH, "Phone", Rule.MASK));
  }
}
