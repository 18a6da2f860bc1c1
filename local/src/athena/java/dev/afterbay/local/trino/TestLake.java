package dev.afterbay.local.trino;

import dev.afterbay.local.aws.LocalAws;
import dev.afterbay.local.awsjson.StandInClients;
import dev.afterbay.local.glue.GlueServer;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.StorageDescriptor;
import software.amazon.awssdk.services.glue.model.Table;
import software.amazon.awssdk.services.glue.model.TableInput;

/** A bucket, a catalog with the database {@value #DATABASE}, and a Trino on both. */
final class TestLake implements AutoCloseable {
  static final String DATABASE = "lake";
  private static final String HIVE = "org.apache.hadoop.hive.ql.io.";

  private final LocalAws aws;
  private final GlueServer server;
  private final GlueClient glue;
  private final Trino trino;

  TestLake(Path dir) {
    aws = LocalAws.start(dir.resolve("aws"), 0, 0);
    server = GlueServer.start(0);
    glue = StandInClients.client(GlueClient.builder(), server.endpoint());
    glue.createDatabase(r -> r.databaseInput(d -> d.name(DATABASE)));
    trino = Trino.start(dir.resolve("trino"), server.endpoint(), aws.endpoints().s3());
  }

  static AthenaClient athena(URI endpoint) {
    return StandInClients.client(AthenaClient.builder(), endpoint);
  }

  Trino trino() {
    return trino;
  }

  List<List<Object>> rows(String sql) throws SQLException {
    return trino.rows(DATABASE, sql);
  }

  QueryAnswer ask(String sql) throws SQLException {
    return trino.ask(DATABASE, sql);
  }

  Table table(String name) {
    return glue.getTable(r -> r.databaseName(DATABASE).name(name)).table();
  }

  void create(TableInput table) {
    glue.createTable(r -> r.databaseName(DATABASE).tableInput(table));
  }

  void update(TableInput table) {
    glue.updateTable(r -> r.databaseName(DATABASE).tableInput(table));
  }

  /** A table of Parquet files by day and hour, its partitions projected from October 2026 on. */
  static TableInput changes(String name, Column... columns) {
    String location = "s3://afterbay/lake/%s/changes/".formatted(name);
    return TableInput.builder()
        .name(name)
        .tableType("EXTERNAL_TABLE")
        .parameters(
            Map.ofEntries(
                Map.entry("projection.enabled", "true"),
                Map.entry("projection.dt.type", "date"),
                Map.entry("projection.dt.format", "yyyy-MM-dd"),
                Map.entry("projection.dt.range", "2026-10-01,NOW"),
                Map.entry("projection.dt.interval", "1"),
                Map.entry("projection.dt.interval.unit", "DAYS"),
                Map.entry("projection.hh.type", "integer"),
                Map.entry("projection.hh.range", "0,23"),
                Map.entry("projection.hh.digits", "2"),
                Map.entry("storage.location.template", location + "dt=${dt}/hh=${hh}/")))
        .partitionKeys(column("dt", "string"), column("hh", "string"))
        .storageDescriptor(
            stored(location, columns)
                .inputFormat(HIVE + "parquet.MapredParquetInputFormat")
                .outputFormat(HIVE + "parquet.MapredParquetOutputFormat")
                .serdeInfo(s -> s.serializationLibrary(HIVE + "parquet.serde.ParquetHiveSerDe"))
                .build())
        .build();
  }

  /** A table of JSON lines in all objects under a folder. */
  static TableInput json(String name, String folder, Column... columns) {
    return TableInput.builder()
        .name(name)
        .tableType("EXTERNAL_TABLE")
        .storageDescriptor(
            stored("s3://afterbay/" + folder, columns)
                .inputFormat("org.apache.hadoop.mapred.TextInputFormat")
                .outputFormat(HIVE + "HiveIgnoreKeyTextOutputFormat")
                .serdeInfo(s -> s.serializationLibrary("org.openx.data.jsonserde.JsonSerDe"))
                .build())
        .build();
  }

  private static StorageDescriptor.Builder stored(String location, Column... columns) {
    return StorageDescriptor.builder().location(location).columns(columns);
  }

  static Column column(String name, String type) {
    return Column.builder().name(name).type(type).build();
  }

  /** Puts a Parquet file with the rows of a question to DuckDB into a table of changes. */
  void write(String table, String day, String hour, String question)
      throws IOException, SQLException {
    Path file = changesFile(table, day, hour);
    try (Connection duck = DriverManager.getConnection("jdbc:duckdb:");
        Statement statement = duck.createStatement()) {
      statement.execute("COPY (%s) TO '%s' (FORMAT parquet)".formatted(question, file));
    }
  }

  /** Puts a file that is no Parquet where a table of changes has its files. */
  void writeRubbish(String table, String day, String hour) throws IOException {
    Files.writeString(changesFile(table, day, hour), "whoever reads this fails");
  }

  private Path changesFile(String table, String day, String hour) throws IOException {
    return object("lake/%s/changes/dt=%s/hh=%s/a.parquet".formatted(table, day, hour));
  }

  /** The file behind an object, whose folder is there. */
  Path object(String key) throws IOException {
    Path file = aws.endpoints().bucketDir().resolve(key);
    Files.createDirectories(file.getParent());
    return file;
  }

  @Override
  public void close() {
    trino.close();
    glue.close();
    server.close();
    aws.close();
  }
}
