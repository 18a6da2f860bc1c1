package dev.afterbay.local.athena;

import dev.afterbay.consumer.catalog.LakeTables;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.local.aws.LocalAws;
import dev.afterbay.local.awsjson.StandInClients;
import dev.afterbay.local.glue.GlueServer;
import dev.afterbay.local.trino.Trino;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tocatalog.AthenaPlace;
import dev.afterbay.sinks.tocatalog.AthenaQuestions;
import dev.afterbay.sinks.tocatalog.AthenaViews;
import dev.afterbay.sinks.tocatalog.Catalog;
import dev.afterbay.sinks.tocatalog.GlueCatalog;
import dev.afterbay.sinks.tocatalog.Pause;
import dev.afterbay.sinks.tocatalog.QueryEngine;
import dev.afterbay.sinks.tocatalog.Registered;
import dev.afterbay.sinks.tocatalog.Registration;
import dev.afterbay.sinks.tocatalog.SitedCatalog;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * Athena in a box: a bucket, Glue's catalog and Athena's API as stand-ins, and behind them the real
 * engine.
 */
final class Box implements AutoCloseable {
  static final String DATABASE = "shop";
  static final Lake LAKE = new Lake("lake");

  /** The stand-in answers at once, and Trino soon: nothing is gained by waiting. */
  private static final Pause BETWEEN_LOOKS = duration -> {};

  private static final String BUCKET = "afterbay";
  private static final String LAKE_URI = uri(LAKE);

  private final LocalAws aws;
  private final GlueServer glue;
  private final Trino trino;
  private final AthenaServer athena;
  private final S3Client s3;
  private final GlueClient glueClient;
  private final AthenaClient athenaClient;

  Box(Path dir) {
    aws = LocalAws.start(dir.resolve("aws"), 0, 0);
    glue = GlueServer.start(0);
    trino = Trino.start(dir.resolve("trino"), glue.endpoint(), aws.endpoints().s3());
    athena = AthenaServer.start(0, trino::run);
    s3 = StandInClients.client(S3Client.builder().forcePathStyle(true), aws.endpoints().s3());
    glueClient = StandInClients.client(GlueClient.builder(), glue.endpoint());
    athenaClient = StandInClients.client(AthenaClient.builder(), athena.endpoint());
  }

  /** A lake in the bucket, as catalogs name it. */
  static String uri(Lake lake) {
    return "s3://" + BUCKET + "/" + lake.prefix();
  }

  /** The catalog, as a worker has it. */
  Catalog catalog() {
    return new GlueCatalog(glueClient);
  }

  /** Athena, as it answers questions about a database. */
  QueryEngine queries(String database, Lake lake) {
    return new AthenaQuestions(
        athenaClient,
        new AthenaPlace(database, "primary", Optional.empty(), uri(lake)),
        InstantSource.system(),
        BETWEEN_LOOKS,
        "audit with engine duckdb");
  }

  ObjectStore store() {
    return new S3ObjectStore(s3, BUCKET);
  }

  GlueServer glue() {
    return glue;
  }

  Trino trino() {
    return trino;
  }

  AthenaServer athena() {
    return athena;
  }

  /** A worker's registration: each has a memory of its own. */
  Registration registration(String database) {
    return new Registration(
        new GlueCatalog(glueClient),
        database,
        Optional.of(
            new AthenaViews(
                athenaClient,
                new AthenaPlace(database, "primary", Optional.empty(), LAKE_URI),
                InstantSource.system(),
                BETWEEN_LOOKS)));
  }

  /** What the worker wants registered of a month's tables. */
  List<SitedCatalog> catalogs() {
    return Stream.of("e-commerce-data", "task-app")
        .flatMap(example -> catalogs(MonthLake.config(example), MonthLake.KEYS).stream())
        .toList();
  }

  /** What the worker wants registered of a configuration. */
  List<SitedCatalog> catalogs(AfterbayConfig config, List<KeyAttribute> keys) {
    Map<TableName, List<KeyAttribute>> sources = new LinkedHashMap<>();
    config.tables().forEach(table -> sources.put(table.name(), keys));
    return LakeTables.of(config, sources, store(), LAKE, InstantSource.system()).get();
  }

  Registered register() {
    return registration(DATABASE).register(this::catalogs);
  }

  @Override
  public void close() {
    athenaClient.close();
    glueClient.close();
    s3.close();
    athena.close();
    trino.close();
    glue.close();
    aws.close();
  }
}
