package dev.afterbay.sinks.toparquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.duck.SharedDuck;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Template;
import dev.afterbay.transforms.toavro.TypedTable;
import dev.afterbay.transforms.toavro.TypedTable.Sight;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.ColumnType;
import dev.afterbay.transforms.typed.EntitySchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The columns of a typed table as DuckDB sees them. */
class TypedInteropTest {
  private static final Entity ENTITY =
      new Entity(
          "orders",
          Map.of("PK", Template.parse("USER#{user_id}", '#')),
          Map.of(),
          Map.of(),
          Set.of(),
          List.of(
              column("Name", "string"),
              column("Paid", "boolean"),
              column("Count", "int"),
              column("Big", "bigint"),
              column("Ratio", "double"),
              column("Total", "decimal(12,2)"),
              column("Huge", "decimal(38,9)"),
              column("Day", "date"),
              column("Raw", "binary"),
              column("CreatedAt", "timestamp"),
              column("SeenAt", "timestamp(local)"),
              column("Expires", "timestamp(seconds)"),
              column("Tags", "set<string>"),
              column("Sizes", "set<decimal(5,1)>"),
              column("Lines", "array<struct<Product: string, Price: decimal(12,2)>>"),
              column("Matrix", "array<array<int>>"),
              column("Stock", "map<string,bigint>"),
              column("Address", "struct<city: string, geo: struct<lat: double, ids: set<int>>>"),
              column("Any", "json")),
          true,
          Optional.empty());

  private static final String FULL =
      """
      {'PK':{'S':'USER#ada'},'SK':{'S':'ORDER#1'},'Name':{'S':'Ada é'},'Paid':{'BOOL':true},
       'Count':{'N':'-7'},'Big':{'N':'9223372036854775807'},'Ratio':{'N':'0.1'},
       'Total':{'N':'-66.90'},'Huge':{'N':'12345678901234567890123456789.123456789'},
       'Day':{'S':'2026-11-21'},'Raw':{'B':'AP8='},'CreatedAt':{'S':'2026-11-21T05:58:00.250Z'},
       'SeenAt':{'S':'2026-11-21T05:58:00'},'Expires':{'N':'1795240680'},
       'Tags':{'SS':['oak','seat']},'Sizes':{'NS':['48.5','44']},
       'Lines':{'L':[{'M':{'Product':{'S':'lamp'},'Price':{'N':'49.90'}}},
                     {'M':{'Product':{'S':'mug'}}}]},
       'Matrix':{'L':[{'L':[{'N':'1'},{'N':'2'}]},{'L':[]}]},
       'Stock':{'M':{'Lyon':{'N':'3'},'':{'N':'4'}}},
       'Address':{'M':{'city':{'S':'Lyon'},'geo':{'M':{'lat':{'N':'45.75'},
                  'ids':{'NS':['6','7']}}}}},
       'Any':{'M':{'b':{'L':[{'N':'1.50'},{'NULL':true}]},'a':{'S':'x'}}}}
      """;

  private static final String EMPTY =
      """
      {'PK':{'S':'USER#ada'},'SK':{'S':'ORDER#2'},'Lines':{'L':[]},'Stock':{'M':{}},
       'Address':{'M':{}}}
      """;

  @TempDir static Path folder;
  private static Path file;

  @BeforeAll
  static void write() throws IOException {
    EntitySchema schema = EntitySchema.first("orders", ENTITY.declaredColumns());
    TypedTable table = new TypedTable(ENTITY, schema);
    ParquetFile parquet = new ParquetFile(schema.avro(), Set.of(), folder);
    for (String json : List.of(FULL, EMPTY)) {
      Image image = Image.parse(json.replace('\'', '"'));
      ChangeEvent event =
          new ChangeEvent(
              Operation.INSERT,
              ShardFeed.TIME,
              ShardFeed.sequenceNumber(1),
              "event",
              false,
              RandomTyped.keys(image.item()),
              image,
              null);
      parquet.append(
          table
              .row(
                  ShardFeed.shard("shardId-1"),
                  event,
                  ShardFeed.TIME,
                  new Sight(Operation.INSERT, image, null))
              .row());
    }
    parquet.finish();
    ByteBuffer bytes = ByteBuffer.allocate((int) parquet.content().size());
    parquet.content().read(0, bytes);
    parquet.discard();
    file = Files.write(folder.resolve("file.parquet"), bytes.array());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          user_id   | VARCHAR                  | ada
          Name      | VARCHAR                  | Ada é
          Paid      | BOOLEAN                  | true
          Count     | INTEGER                  | -7
          Big       | BIGINT                   | 9223372036854775807
          Ratio     | DOUBLE                   | 0.1
          Total     | DECIMAL(12,2)            | -66.90
          Huge      | DECIMAL(38,9)            | 12345678901234567890123456789.123456789
          Day       | DATE                     | 2026-11-21
          Raw       | BLOB                     | \\x00\\xFF
          CreatedAt | TIMESTAMP WITH TIME ZONE | 2026-11-21 05:58:00.25+00
          SeenAt    | TIMESTAMP WITH TIME ZONE | 2026-11-21 05:58:00+00
          Expires   | TIMESTAMP WITH TIME ZONE | 2026-11-21 05:58:00+00
          Tags      | VARCHAR[]                | [oak, seat]
          Sizes     | DECIMAL(5,1)[]           | [44.0, 48.5]
          Lines     | STRUCT(Product VARCHAR, Price DECIMAL(12,2))[] | [{'Product': lamp, 'Price': 49.90}, {'Product': mug, 'Price': NULL}]
          Matrix    | INTEGER[][]              | [[1, 2], []]
          Stock     | MAP(VARCHAR, BIGINT)     | {''=4, Lyon=3}
          Address   | STRUCT(city VARCHAR, geo STRUCT(lat DOUBLE, ids INTEGER[])) | {'city': Lyon, 'geo': {'lat': 45.75, 'ids': [6, 7]}}
          Any       | VARCHAR                  | {"a":"x","b":[1.5,null]}
          """)
  void duckDbReadsEveryTypeWithItsValue(String column, String type, String text)
      throws SQLException {
    assertThat(row("SELECT typeof(X), X::VARCHAR FROM F WHERE Name IS NOT NULL", column))
        .containsExactly(type, text);
  }

  @Test
  void whatIsEmptyIsNotNull() throws SQLException {
    assertThat(row("SELECT len(Lines), len(map_keys(Stock)) FROM F WHERE Name IS NULL", ""))
        .containsExactly("0", "0");
    assertThat(row("SELECT Address IS NULL, Address.city IS NULL FROM F WHERE Name IS NULL", ""))
        .containsExactly("false", "true");
    assertThat(row("SELECT Tags IS NULL, Matrix IS NULL FROM F WHERE Name IS NULL", ""))
        .containsExactly("true", "true");
  }

  private List<String> row(String sql, String column) throws SQLException {
    try (Connection duckdb = SharedDuck.session();
        Statement statement = duckdb.createStatement()) {
      statement.execute("SET TimeZone='UTC'");
      String query = sql.replace("X", "\"" + column + "\"").replace(" F ", " '" + file + "' ");
      try (ResultSet result = statement.executeQuery(query)) {
        assertThat(result.next()).isTrue();
        return List.of(result.getString(1), result.getString(2));
      }
    }
  }

  private static Column column(String attribute, String type) {
    return Column.of(attribute, ColumnType.parse(type));
  }
}
