package dev.afterbay.consumer.aws;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.CatalogConfig;
import dev.afterbay.sinks.tocatalog.AthenaPlace;
import dev.afterbay.sinks.tocatalog.AthenaQuestions;
import dev.afterbay.sinks.tocatalog.AthenaViews;
import dev.afterbay.sinks.tocatalog.Catalog;
import dev.afterbay.sinks.tocatalog.GlueCatalog;
import dev.afterbay.sinks.tocatalog.QueryEngine;
import dev.afterbay.sinks.tocatalog.RegisteredTables;
import dev.afterbay.sinks.tocatalog.ViewEngine;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.glue.GlueClient;

/** The SDK clients of the catalog, set like all others; closing this closes them. */
public final class CatalogClients implements AutoCloseable {
  /** Nobody waits for the catalog, but a dead endpoint should be told of soon. */
  private static final Patience PATIENCE = Patience.POLL;

  private final AfterbayConfig config;
  private final CatalogConfig.Glue wanted;
  private final InstantSource clock;
  private final SdkHttpClient http;
  private final GlueClient glue;
  private final AthenaClient athena;
  private final CountDownLatch closed = new CountDownLatch(1);

  private CatalogClients(AfterbayConfig config, CatalogConfig.Glue wanted, InstantSource clock) {
    this.config = config;
    this.wanted = wanted;
    this.clock = clock;
    this.http = AwsClients.http(PATIENCE);
    this.glue =
        AwsClients.set(GlueClient.builder(), config, config.endpoints().glue(), PATIENCE)
            .httpClient(http)
            .build();
    this.athena =
        AwsClients.set(AthenaClient.builder(), config, config.endpoints().athena(), PATIENCE)
            .httpClient(http)
            .build();
  }

  /** Clients for a catalog in Glue. */
  public static CatalogClients open(
      AfterbayConfig config, CatalogConfig.Glue wanted, InstantSource clock) {
    return new CatalogClients(config, wanted, clock);
  }

  /** Glue itself. */
  public GlueClient glue() {
    return glue;
  }

  /** Athena itself. */
  public AthenaClient athena() {
    return athena;
  }

  /** The catalog. */
  public Catalog catalog() {
    return new GlueCatalog(glue);
  }

  /** What makes the views; empty if none are wanted. */
  public Optional<ViewEngine> views() {
    return place().map(place -> new AthenaViews(athena, place, clock, this::rest));
  }

  /**
   * What answers questions about the tables; empty if Athena is not to be asked.
   *
   * @param wayOut what to do without Athena, as an end of a sentence
   */
  public Optional<QueryEngine> queries(String wayOut) {
    return place().map(place -> new AthenaQuestions(athena, place, clock, this::rest, wayOut));
  }

  /** The tables that the catalog has of the lake. */
  public RegisteredTables tables() {
    return new RegisteredTables(catalog(), wanted.database(), config.lake().toString());
  }

  private Optional<AthenaPlace> place() {
    return wanted
        .athena()
        .map(
            place ->
                new AthenaPlace(
                    wanted.database(),
                    place.workgroup(),
                    place.results().map(results -> results + "/"),
                    config.lake().toString()));
  }

  @Override
  public void close() {
    closed.countDown();
    glue.close();
    athena.close();
    http.close();
  }

  private void rest(Duration duration) throws InterruptedException {
    if (closed.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
      throw new InterruptedException("The clients are closed");
    }
  }
}
