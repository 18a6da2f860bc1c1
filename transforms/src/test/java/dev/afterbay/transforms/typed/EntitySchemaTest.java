package dev.afterbay.transforms.typed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.avro.Schema;
import org.apache.avro.SchemaCompatibility;
import org.apache.avro.SchemaCompatibility.SchemaCompatibilityType;
import org.junit.jupiter.api.Test;

class EntitySchemaTest {
  private static final List<Column> COLUMNS =
      List.of(
          new Column(
              "user_id", new Column.Source.Captured("PK", "user_id"), ColumnType.parse("string")),
          new Column(
              "status",
              new Column.Source.Templated("GSI1PK", "STATUS#{status}", '#', "status"),
              ColumnType.parse("string")),
          column("Total", "decimal(12,2)"),
          column("Paid", "decimal(12,2)"),
          column("zip-code", "int"),
          column("Lines", "array<struct<Price: decimal(12,2), Tags: set<string>>>"),
          column("First", "struct<Price: decimal(12,2), Tags: set<string>>"),
          column("Meta", "map<string,timestamp>"));

  private final EntitySchema first = EntitySchema.first("orders", COLUMNS);

  @Test
  void theColumnsOfEveryTableComeFirst() {
    List<String> fields =
        first.avro().getFields().stream()
            .limit(13)
            .map(field -> field.name() + " " + field.schema())
            .toList();

    assertThat(fields)
        .containsExactly(
            "cdc_op \"string\"",
            "cdc_time {\"type\":\"long\",\"logicalType\":\"timestamp-micros\"}",
            "cdc_seq \"string\"",
            "cdc_shard \"string\"",
            "cdc_stream \"string\"",
            "cdc_event_id \"string\"",
            "cdc_origin \"string\"",
            "cdc_ttl \"boolean\"",
            "cdc_digest [\"null\",\"string\"]",
            "cdc_old_digest [\"null\",\"string\"]",
            "cdc_key \"string\"",
            "cdc_extra [\"null\",\"string\"]",
            "user_id [\"null\",\"string\"]");
  }

  @Test
  void itsTextSaysEverything() {
    EntitySchema second = first.plus(List.of(column("More", "date")));

    EntitySchema read = EntitySchema.parse(2, second.text());

    assertThat(read.version()).isEqualTo(2);
    assertThat(read.entity()).isEqualTo("orders");
    assertThat(read.columns()).isEqualTo(second.columns());
    assertThat(read.avro()).isEqualTo(second.avro());
    assertThat(read.text()).isEqualTo(second.text());
  }

  @Test
  void laterVersionsOnlyAppendAndReadAllEarlierOnes() {
    List<EntitySchema> versions = new ArrayList<>(List.of(first));
    for (String type : List.of("date", "json", "struct<Price: decimal(12,2)>", "set<int>")) {
      EntitySchema latest = versions.get(versions.size() - 1);
      versions.add(latest.plus(List.of(column("More" + versions.size(), type))));
    }

    for (int newer = 0; newer < versions.size(); newer++) {
      assertThat(versions.get(newer).version()).isEqualTo(newer + 1);
      for (int older = 0; older <= newer; older++) {
        Schema reader = versions.get(newer).avro();
        Schema writer = versions.get(older).avro();
        assertThat(
                SchemaCompatibility.checkReaderWriterCompatibility(reader, writer)
                    .getResult()
                    .getCompatibility())
            .isEqualTo(SchemaCompatibilityType.COMPATIBLE);
        assertThat(versions.get(newer).columns())
            .startsWith(versions.get(older).columns().toArray(Column[]::new));
      }
    }
  }

  @Test
  void takenNamesAndAttributesWithAColumnAreLeftOut() {
    EntitySchema second =
        first.plus(
            List.of(
                column("TOTAL", "string"),
                column("New", "int"),
                column("new", "int"),
                new Column(
                    "other", new Column.Source.Attribute("Total"), ColumnType.parse("string"))));

    assertThat(second.columns().subList(COLUMNS.size(), second.columns().size()))
        .containsExactly(column("New", "int"));
    assertThat(second.plus(List.of(column("NEW", "int")))).isSameAs(second);
  }

  @Test
  void aNameThatCannotBeHadIsToldWithTheReason() {
    EntitySchema full =
        first.plus(IntStream.range(0, 600).mapToObj(i -> column("c" + i, "int")).toList());

    assertThat(first.refusal("more")).isEmpty();
    assertThat(first.refusal("total")).contains(Reason.NAME);
    assertThat(first.refusal("cdc_x")).contains(Reason.NAME);
    assertThat(first.refusal("HH")).contains(Reason.NAME);
    assertThat(full.columns()).hasSize(500);
    assertThat(full.refusal("more")).contains(Reason.FULL);
    assertThat(full.refusal("c1")).contains(Reason.NAME);
  }

  @Test
  void oneNameOrOneAttributeTwiceIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntitySchema.first("o", List.of(column("a", "int"), column("A", "int"))))
        .withMessage(
            "'o' has two columns of one name or one attribute among [a, A]; SQL does not tell"
                + " upper from lower case");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                EntitySchema.first(
                    "o", IntStream.range(0, 501).mapToObj(i -> column("c" + i, "int")).toList()))
        .withMessage("'o' has 501 columns; at most 500 are possible: leave some to cdc_extra");
  }

  @Test
  void whatIsNoSuchSchemaIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntitySchema.parse(3, "{}"))
        .withMessageStartingWith("Version 3 of a schema is not one of a typed table: ");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntitySchema.parse(3, first.text().replace("column-type", "x")))
        .withMessageEndingWith("the field 'user_id' has no property 'column-type'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntitySchema.parse(3, first.text().replace("cdc_key", "cdc_keys")))
        .withMessageEndingWith("it has other columns than it says");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EntitySchema.parse(3, "\"string\""))
        .withMessageStartingWith("Version 3");
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> EntitySchema.parse(3, "{\"type\":\"record\",\"name\":\"o\",\"fields\":[]}"))
        .withMessageStartingWith("Version 3");
  }

  private static Column column(String attribute, String type) {
    return Column.of(attribute, ColumnType.parse(type));
  }
}
