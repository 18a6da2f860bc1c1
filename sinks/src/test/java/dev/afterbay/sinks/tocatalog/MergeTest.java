package dev.afterbay.sinks.tocatalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.catalog.CatalogTable.Format;
import dev.afterbay.sinks.tocatalog.CatalogEntry.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class MergeTest {
  /** Columns as {@code name:type:comment}: what is held, what is wanted, what comes of it. */
  static Stream<Arguments> columns() {
    return Stream.of(
        row("a:string:A", "a:string:A", "a:string:A", ""),
        row("", "a:string:A b:int:B", "a:string:A b:int:B", ""),
        row("a:string:A", "a:string:A b:int:B", "a:string:A b:int:B", ""),
        // Where the catalog has them, not where we would put them.
        row("b:int:B a:string:A", "a:string:A b:int:B", "b:int:B a:string:A", ""),
        row("b:int:B", "a:string:A b:int:B c:date:C", "b:int:B a:string:A c:date:C", ""),
        // Others' columns stay.
        row("a:string:A x:int:X", "a:string:A", "a:string:A x:int:X", "x"),
        row("x:int:X a:string:A", "a:string:A b:int:B", "x:int:X a:string:A b:int:B", "x"),
        // Comments are brought up to date.
        row("a:string:Old", "a:string:New", "a:string:New", ""),
        // A type is the same however it is spelled, and then stays spelled as it is.
        row("a:DECIMAL(12,_2):A", "a:decimal(12,2):A", "a:DECIMAL(12,_2):A", ""));
  }

  private static Arguments row(String held, String wanted, String merged, String unknown) {
    return Arguments.of(held, wanted, merged, unknown);
  }

  @ParameterizedTest
  @MethodSource("columns")
  void columnsAreAddedAndNoneIsLost(String held, String wanted, String merged, String unknown) {
    Merge merge = Merge.of(held(columns(held), Map.of()), wanted(columns(wanted), Map.of()));

    assertThat(merge.table().columns()).isEqualTo(columns(merged));
    assertThat(merge.conflicts()).isEmpty();
    assertThat(String.join(" ", merge.unknown())).isEqualTo(unknown);
  }

  @Test
  void aColumnOfAnotherTypeStaysAndIsTold() {
    Merge merge =
        Merge.of(
            held(columns("a:string:Theirs"), Map.of()),
            wanted(columns("a:decimal(12,2):Ours b:int:B"), Map.of()));

    assertThat(merge.table().columns()).isEqualTo(columns("a:string:Theirs b:int:B"));
    assertThat(merge.conflicts())
        .containsExactly(
            "Column 'a' of table 'orders' is decimal(12,2) in the lake, but string in the catalog,"
                + " where it stays as it is; drop the table from the catalog (the files stay), and"
                + " the next start makes it anew");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "s3://b/l/t/orders/                  | s3://b/l/t/orders__g2/             | wanted",
        "s3://b/l/t/orders__g2/              | s3://b/l/t/orders__g10/            | wanted",
        "s3://b/l/t/orders_snapshots/        | s3://b/l/t/orders__g2_snapshots/   | wanted",
        "s3://b/l/t/orders__g2/              | s3://b/l/t/orders/                 | held",
        "s3://b/l/t/orders__g10_snapshots/   | s3://b/l/t/orders__g2_snapshots/   | held",
        "s3://b/l/t/orders__g2/              | s3://b/l/t/orders__g2/             | both",
        "s3://b/old/t/orders/                | s3://b/new/t/orders/               | both",
      })
  void aTableThatWasMadeAnewHasItsOwnColumnsAndNobodyTakesItBack(
      String before, String after, String whose) {
    CatalogEntry held =
        new CatalogEntry(
            "orders",
            Kind.TABLE,
            "1",
            "All",
            before,
            columns("a:string:A gone:int:G"),
            columns("dt:string:Day"),
            Map.of());
    TableDefinition wanted =
        new TableDefinition(
            "orders",
            "All",
            after,
            Format.PARQUET,
            columns("a:bigint:A b:int:B"),
            columns("dt:string:Day"),
            Map.of());

    Merge merge = Merge.of(held, wanted);

    switch (whose) {
      case "wanted" -> {
        assertThat(merge.table().columns()).isEqualTo(wanted.columns());
        assertThat(merge.table().location()).isEqualTo(after);
        assertThat(merge.conflicts()).isEmpty();
      }
      case "held" -> assertThat(merge.isHeldBy(held)).isTrue();
      default -> assertThat(merge.conflicts()).hasSize(1);
    }
  }

  @Test
  void otherPartitionsStayAndAreTold() {
    CatalogEntry held =
        new CatalogEntry(
            "orders",
            Kind.TABLE,
            "1",
            "",
            "s3://b/l/",
            List.of(),
            columns("day:string:Day"),
            Map.of());

    Merge merge = Merge.of(held, wanted(List.of(), Map.of()));

    assertThat(merge.table().partitions()).isEqualTo(columns("day:string:Day"));
    assertThat(merge.conflicts())
        .singleElement()
        .asString()
        .startsWith("Partition column 'dt' of table 'orders' is string in the lake, but absent in");
  }

  @Test
  void ourPropertiesAreBroughtUpToDateAndOthersStay() {
    Merge merge =
        Merge.of(
            held(List.of(), Map.of("ours", "old", "theirs", "kept")),
            wanted(List.of(), Map.of("ours", "new", "more", "added")));

    assertThat(merge.table().parameters())
        .isEqualTo(Map.of("ours", "new", "more", "added", "theirs", "kept"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "2026-11-01,NOW | 2026-11-19,NOW | 2026-11-01,NOW",
        "2026-11-19,NOW | 2026-11-19,NOW | 2026-11-19,NOW",
        "2026-11-20,NOW | 2026-11-19,NOW | 2026-11-19,NOW",
        "NOW-1MONTHS,NOW | 2026-11-19,NOW | NOW-1MONTHS,NOW",
        "2026-11-01,NOW+1DAYS | 2026-11-19,NOW | 2026-11-01,NOW+1DAYS"
      })
  void theEarlierStartOfTheDaysIsKept(String held, String wanted, String merged) {
    Merge merge =
        Merge.of(
            held(List.of(), Map.of(ProjectedDays.RANGE, held)),
            wanted(List.of(), Map.of(ProjectedDays.RANGE, wanted)));

    assertThat(merge.table().parameters()).containsEntry(ProjectedDays.RANGE, merged);
  }

  @Test
  void claimsAddUp() {
    Merge merge =
        Merge.of(
            held(List.of(), Map.of(Claims.VIEW_NAMES, "b,c")),
            wanted(List.of(), Map.of(Claims.VIEW_NAMES, "a,b")));

    assertThat(merge.table().parameters()).containsEntry(Claims.VIEW_NAMES, "a,b,c");
  }

  @Test
  void whatWasMergedIsHeld() {
    Merge merge =
        Merge.of(
            held(columns("x:int:X a:string:Old"), Map.of("theirs", "kept")),
            wanted(columns("a:string:A b:int:B"), Map.of("ours", "1")));
    TableDefinition table = merge.table();

    CatalogEntry after =
        new CatalogEntry(
            table.name(),
            Kind.TABLE,
            "2",
            table.comment(),
            table.location(),
            table.columns(),
            table.partitions(),
            table.parameters());

    assertThat(merge.isHeldBy(after)).isTrue();
    assertThat(Merge.of(after, wanted(columns("a:string:A b:int:B"), Map.of("ours", "1"))).table())
        .isEqualTo(table);
  }

  private static List<TableColumn> columns(String text) {
    return Arrays.stream(text.split(" "))
        .filter(column -> !column.isEmpty())
        .map(column -> column.split(":"))
        .map(parts -> new TableColumn(parts[0], parts[1].replace('_', ' '), parts[2]))
        .toList();
  }

  private static CatalogEntry held(List<TableColumn> columns, Map<String, String> parameters) {
    return new CatalogEntry(
        "orders",
        Kind.TABLE,
        "1",
        "All",
        "s3://b/l/",
        columns,
        columns("dt:string:Day"),
        parameters);
  }

  private static TableDefinition wanted(List<TableColumn> columns, Map<String, String> parameters) {
    return new TableDefinition(
        "orders",
        "All",
        "s3://b/l/",
        Format.PARQUET,
        columns,
        columns("dt:string:Day"),
        parameters);
  }
}
