package dev.afterbay.consumer.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.catalog.AthenaDdl;
import dev.afterbay.sinks.catalog.CatalogTable;
import dev.afterbay.sinks.catalog.Site;
import dev.afterbay.sinks.catalog.SourceCatalog;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.ColumnType;
import dev.afterbay.transforms.typed.EntitySchema;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HiveDdlTest {
  private static final TableName SHOP = new TableName("Shop");
  private static final Site SITE = new Site("s3://my-bucket/lake", LocalDate.of(2026, 11, 21));
  private static final List<KeyAttribute> KEYS = List.of(new KeyAttribute("PK", KeyType.S));

  @ParameterizedTest
  @ValueSource(
      strings = {
        "order",
        "date",
        "Date",
        "a-b",
        "2fa",
        "größe",
        "Größe",
        "a#b",
        "a@b",
        "a$b",
        "a/b",
        "a=b",
        "a+b",
        "user",
        "timestamp",
        "select",
        "commit",
        "_x"
      })
  void namesThatNeedQuotesComeOutRight(String name) {
    CatalogTable changes = changes(new KeyAttribute(name, KeyType.S));

    String parsed = HiveParser.parse(AthenaDdl.table(changes, SITE));

    assertThat(parsed).contains("(tok_tabcol " + name.toLowerCase(Locale.ROOT) + " tok_string ");
  }

  @Test
  void everyTypeIsOneOfHive() {
    List<Column> columns = new ArrayList<>();
    for (String type :
        List.of(
            "string",
            "boolean",
            "int",
            "bigint",
            "double",
            "decimal(38,9)",
            "date",
            "timestamp(millis)",
            "binary",
            "array<decimal(12,2)>",
            "set<string>",
            "map<string,bigint>",
            "struct<order: string, since: date, of: array<struct<select: int>>>",
            "json")) {
      columns.add(Column.of("c" + columns.size(), ColumnType.parse(type)));
    }
    SourceCatalog catalog =
        SourceCatalog.of(SHOP, KEYS, List.of(EntitySchema.first("order", columns)));

    for (CatalogTable table : catalog.tables()) {
      String parsed = HiveParser.parse(AthenaDdl.table(table, SITE));
      assertThat(parsed).contains("tok_createtable", "tok_tablelocation");
    }
    HiveParser.parse(AthenaDdl.database("shop"));
    HiveParser.parse(AthenaDdl.database("order"));
  }

  @Test
  void aCommentMayHoldAnything() {
    Column column = Column.of("it's \\ \"x\"", ColumnType.parse("int"));
    SourceCatalog catalog =
        SourceCatalog.of(SHOP, List.of(), List.of(EntitySchema.first("orders", List.of(column))));

    assertThat(HiveParser.parse(AthenaDdl.table(catalog.tables().get(0), SITE)))
        .contains("(tok_tabcol it_s____x_ tok_int 'int of attribute it\\'s \\\\ \"x\"')");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a b", "a.b", "a,b", "a:b", "a;b", "a`b", "a\"b", "a\nb"})
  void namesThatAthenaCannotTakeAreRefusedWithTheWayOut(String name) {
    SourceCatalog catalog =
        SourceCatalog.of(SHOP, List.of(new KeyAttribute(name, KeyType.S)), List.of());

    assertThat(catalog.problems())
        .singleElement()
        .asString()
        .startsWith("The key attribute '" + name + "' of table 'Shop' cannot be a column in Athena")
        .contains("'catalog: none'");
  }

  @Test
  void ordinaryNamesAreNoProblem() {
    assertThat(SourceCatalog.of(SHOP, KEYS, List.of()).problems()).isEmpty();
  }

  private static CatalogTable changes(KeyAttribute key) {
    return SourceCatalog.of(SHOP, List.of(key), List.of()).tables().get(0);
  }
}
