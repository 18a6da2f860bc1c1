package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.MetricsConfig.CloudWatch;
import dev.afterbay.consumer.health.Beat;
import dev.afterbay.consumer.health.EmbeddedMetrics;
import dev.afterbay.consumer.health.Health;
import dev.afterbay.consumer.health.HealthServer;
import dev.afterbay.consumer.health.History;
import dev.afterbay.consumer.health.Metrics;
import dev.afterbay.consumer.health.StatusDocument;
import dev.afterbay.consumer.health.Vitals;
import dev.afterbay.consumer.status.LakeLook;
import java.io.PrintStream;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/** What a worker tells those who watch it: over HTTP, and in lines for CloudWatch. */
final class Told implements AutoCloseable {
  /** The least time that CloudWatch tells apart without extra cost. */
  private static final Duration MINUTE = Duration.ofMinutes(1);

  private final Beat beat = new Beat();
  private final History history;
  private final LakeLook lake;
  private final Optional<EmbeddedMetrics> lines;
  private final Optional<HealthServer> server;

  private Told(
      History history,
      LakeLook lake,
      Optional<EmbeddedMetrics> lines,
      Optional<HealthServer> server) {
    this.history = history;
    this.lake = lake;
    this.lines = lines;
    this.server = server;
  }

  /** Answers over HTTP from now on. */
  static Told of(
      AfterbayConfig config,
      String workerId,
      Vitals vitals,
      Health health,
      Metrics metrics,
      InstantSource clock,
      PrintStream out) {
    History history = new History(vitals);
    LakeLook lake = LakeLook.of(config, clock);
    StatusDocument document =
        new StatusDocument(config.application(), workerId, vitals, health, history, lake::latest);
    Optional<EmbeddedMetrics> lines =
        config.metrics().cloudWatch() == CloudWatch.EMF
            ? Optional.of(
                new EmbeddedMetrics(metrics, config.application(), workerId, clock, out::println))
            : Optional.empty();
    return new Told(
        history, lake, lines, HealthServer.start(config.http(), health, metrics, document));
  }

  /** Samples and tells from now on. */
  void start() {
    beat.every(History.STEP, history::sample);
    lines.ifPresent(told -> beat.every(MINUTE, told::tell));
  }

  /** Tells what is left to tell, and nothing any more. */
  @Override
  public void close() {
    lines.ifPresentOrElse(told -> beat.last(told::tellRest), beat::close);
    server.ifPresent(HealthServer::close);
    lake.close();
  }
}
