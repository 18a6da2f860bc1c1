package dev.afterbay.consumer.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.config.HttpConfig;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server for those who watch the process, on all interfaces: {@code /health} (200 or 503,
 * JSON), {@code /metrics} (Prometheus text), {@code /} (a page for people) and {@code
 * /status.json}, which the page shows. It only ever reads.
 */
public final class HealthServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HealthServer.class);
  private static final int THREADS = 4;
  private static final int WAITING = 64;
  private static final Set<String> METHODS = Set.of("GET", "HEAD");

  private final Health health;
  private final Metrics metrics;
  private final StatusDocument document;
  private final ExecutorService threads;
  private final HttpServer server;

  private HealthServer(
      InetSocketAddress address, Health health, Metrics metrics, StatusDocument document)
      throws IOException {
    this.health = health;
    this.metrics = metrics;
    this.document = document;
    this.server = HttpServer.create(address, 0);
    this.threads = threads();
    server.setExecutor(threads);
    server.createContext("/", this::handle);
    server.start();
  }

  /**
   * Starts the server; empty when it is switched off.
   *
   * @throws Failure when the port cannot be had
   */
  public static Optional<HealthServer> start(
      HttpConfig http, Health health, Metrics metrics, StatusDocument document) {
    return http.enabled()
        ? Optional.of(listen(http.port(), health, metrics, document))
        : Optional.empty();
  }

  /** Port 0 takes a free one. */
  static HealthServer listen(int port, Health health, Metrics metrics, StatusDocument document) {
    giveUpOnUnfinishedRequests();
    try {
      return new HealthServer(new InetSocketAddress(port), health, metrics, document);
    } catch (IOException e) {
      throw new Failure(
          "Cannot listen on port "
              + port
              + " for health and metrics ("
              + e.getMessage()
              + "): free it, or set http.port to another one, or to 0 for none",
          e);
    }
  }

  /** The port that it listens on. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Stops at once; unanswered requests are cut. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  /**
   * Without a limit, as many clients that never finish their request as there are threads would
   * silence {@code /health}. The JDK's server takes the limit, in seconds, from nowhere but this
   * property; it holds for all such servers of the process.
   */
  private static void giveUpOnUnfinishedRequests() {
    String limit = "sun.net.httpserver.maxReqTime";
    if (System.getProperty(limit) == null) {
      System.setProperty(limit, "10");
    }
  }

  private static ExecutorService threads() {
    ThreadPoolExecutor pool =
        new ThreadPoolExecutor(
            THREADS,
            THREADS,
            1,
            TimeUnit.MINUTES,
            new ArrayBlockingQueue<>(WAITING),
            task -> {
              Thread thread = new Thread(task, "afterbay-http");
              thread.setDaemon(true);
              return thread;
            });
    pool.allowCoreThreadTimeOut(true);
    return pool;
  }

  private void handle(HttpExchange exchange) throws IOException {
    reply(exchange).send(exchange);
  }

  private Reply reply(HttpExchange exchange) {
    if (!METHODS.contains(exchange.getRequestMethod())) {
      exchange.getResponseHeaders().set("Allow", "GET, HEAD");
      return Reply.text(405, "Only GET and HEAD are answered.");
    }
    try {
      return page(String.valueOf(exchange.getRequestURI().getPath()));
    } catch (RuntimeException e) {
      LOG.warn("Cannot answer {}", exchange.getRequestURI().getPath(), e);
      return Reply.text(500, "The answer could not be made; the log says why.");
    }
  }

  private Reply page(String path) {
    return switch (path) {
      case "/health" -> health();
      case "/metrics" -> new Reply(200, Metrics.CONTENT_TYPE, metrics.text());
      case "/status.json" -> Reply.json(200, document.text());
      default ->
          Page.reply(path)
              .orElseGet(() -> Reply.text(404, "There are /, /status.json, /health and /metrics."));
    };
  }

  private Reply health() {
    HealthReport report = health.check();
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("status", report.status().toString());
    ArrayNode reasons = json.putArray("reasons");
    report.reasons().forEach(reasons::add);
    return Reply.json(report.healthy() ? 200 : 503, json.toString());
  }
}
