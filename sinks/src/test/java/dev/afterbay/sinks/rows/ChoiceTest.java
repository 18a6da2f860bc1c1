package dev.afterbay.sinks.rows;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.generations.Definition;
import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.generations.Generation.Coverage;
import dev.afterbay.sinks.generations.Generations;
import dev.afterbay.sinks.generations.OrdersEntity;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.protect.Protection.Rule;
import dev.afterbay.transforms.routing.Entity;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class ChoiceTest {
  private static final TableName TABLE = new TableName("Shop");

  /**
   * What is written: folders of the configuration's definition, then those of the notes'; a star
   * says that what fits no column is counted.
   */
  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      nullValues = "-",
      value = {
        "the first as configured           | 1:bigint                          | bigint  | -          | orders*    | -",
        "the first with further columns    | 1:double                          | bigint  | -          | orders*    | -",
        "the first with another type       | 1:string                          | bigint  | -          | -          | orders*",
        "old configuration, one built      | 1:bigint 2:double                 | bigint  | -          | orders*    | orders__g2",
        "new configuration, one built      | 1:string 2:bigint                 | bigint  | -          | -          | orders* orders__g2",
        "old configuration, switched       | 1:bigint 2:double 2!              | bigint  | orders__g2 | -          | orders__g2*",
        "new configuration, switched       | 1:double 2:bigint 2!              | bigint  | -          | orders__g2*| -",
        "a third is built                  | 1:bigint 2:double 2! 3:string     | bigint  | -          | -          | orders__g2* orders__g3",
        "only the newest is built          | 1:bigint 2:double 3:string        | bigint  | orders__g2 | orders*    | orders__g3",
        "new entity, built                 | 2:bigint                          | -       | -          | -          | orders__g2",
        "new entity, switched, carried     | 2:bigint 2!                       | -       | orders__g2 | -          | orders__g2*",
        "new entity, switched, not known   | 2:bigint 2!                       | -       | -          | -          | -",
        "entity taken out of the configuration | 1:bigint                      | -       | -          | -          | -",
      })
  void whatIsWrittenFollowsFromNotesAndConfiguration(
      String why,
      String notes,
      String configured,
      String carried,
      String byConfiguration,
      String byNote) {
    List<Entity> entities =
        configured == null ? List.of() : List.of(OrdersEntity.withTotal(configured));
    Choice choice = new Choice(entities, Map.of(), entity -> !notes.contains("1:string"));

    WrittenTables written =
        choice.of(
            Map.of("orders", noted(notes, Map.of())), carried == null ? Set.of() : Set.of(carried));

    assertThat(told(written.together())).as(why).isEqualTo(folders(byConfiguration));
    assertThat(told(written.apart())).as(why).isEqualTo(folders(byNote));
  }

  @Test
  void aGenerationIsNotWrittenWithoutTheKeyThatItsDefinitionAsksFor() {
    Generations noted =
        noted(
            "1:bigint 2:double", Map.of("Email", Rule.HASH, "Phone", Rule.MASK, "Fax", Rule.DROP));

    WrittenTables without =
        new Choice(List.of(), Map.of("Phone", Rule.MASK), entity -> true)
            .of(Map.of("orders", noted), Set.of());
    WrittenTables with =
        new Choice(List.of(), Map.of("Email", Rule.HASH, "Phone", Rule.MASK), entity -> true)
            .of(Map.of("orders", noted), Set.of());

    assertThat(without.all()).isEmpty();
    assertThat(told(with.apart())).containsExactly("orders__g2");
    assertThat(with.apart().get(0).further().rules()).isEqualTo(Map.of("Fax", Rule.DROP));
  }

  private static List<String> folders(String text) {
    return text == null ? List.of() : List.of(text.split(" ", -1));
  }

  private static List<String> told(List<Written> written) {
    return written.stream()
        .map(each -> each.folder() + (each.isCounted() ? "*" : ""))
        .collect(Collectors.toList());
  }

  private static Generations noted(String notes, Map<String, Rule> protect) {
    List<Generation> all = new ArrayList<>();
    Set<Integer> switched = new TreeSet<>();
    for (String note : notes.split(" ", -1)) {
      if (note.endsWith("!")) {
        switched.add(Integer.parseInt(note.substring(0, note.length() - 1)));
      } else {
        String[] parts = note.split(":", -1);
        all.add(
            new Generation(
                TABLE,
                Integer.parseInt(parts[0]),
                new Definition(OrdersEntity.withTotal(parts[1]), protect),
                Coverage.WHOLE,
                Optional.empty()));
      }
    }
    return new Generations(all, switched, Set.of());
  }
}
