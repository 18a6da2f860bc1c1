package dev.afterbay.local.awsjson;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.afterbay.local.aws.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A service of AWS on a loopback port. It takes any credentials and any region. */
public final class JsonServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(JsonServer.class);
  private static final String CONTENT_TYPE = "application/x-amz-json-1.1";

  private final String prefix;
  private final JsonService service;
  private final ExecutorService threads;
  private final HttpServer server;

  private JsonServer(String name, JsonService service, HttpServer server) {
    this.prefix = name + ".";
    this.service = service;
    this.server = server;
    this.threads =
        Executors.newCachedThreadPool(
            task -> {
              Thread thread = new Thread(task, name);
              thread.setDaemon(true);
              return thread;
            });
  }

  /**
   * Starts to answer.
   *
   * @param name of the service, as calls have it before the dot in {@code X-Amz-Target}
   * @param port 0 picks a free one
   * @throws UncheckedIOException when the port is taken
   */
  public static JsonServer start(String name, int port, JsonService service) {
    sendAtOnce();
    try {
      HttpServer http =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
      JsonServer server = new JsonServer(name, service, http);
      http.setExecutor(server.threads);
      http.createContext("/", server::handle);
      http.start();
      return server;
    } catch (IOException e) {
      throw new UncheckedIOException(
          "Port %d for %s cannot be listened on; take another, or 0 for a free one"
              .formatted(port, name),
          e);
    }
  }

  /**
   * Head and body of an answer leave in two packets, and the second would wait 40 ms for the
   * client's word on the first. The JDK's server takes the switch from nowhere but this property;
   * the first such server of a process decides for all.
   */
  private static void sendAtOnce() {
    String property = "sun.net.httpserver.nodelay";
    if (System.getProperty(property) == null) {
      System.setProperty(property, "true");
    }
  }

  /** Where clients find it. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      byte[] body = exchange.getRequestBody().readAllBytes();
      String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
      send(exchange, answer(target, body));
    }
  }

  private Reply answer(String target, byte[] body) {
    try {
      if (!target.startsWith(prefix)) {
        throw new RefusedCallException(
            "UnknownOperationException", "Only calls of " + prefix + "* are answered: " + target);
      }
      String operation = target.substring(prefix.length());
      return new Reply(200, Json.write(service.answer(operation, Json.read(body))));
    } catch (RefusedCallException e) {
      return Reply.error(e.type(), e.sentence());
    } catch (RuntimeException | AssertionError e) {
      // Not with 500, which clients answer by asking again and perhaps never tell of.
      LOG.warn("{} could not be answered", target, e);
      return Reply.error("InternalFailure", String.valueOf(e));
    }
  }

  private static void send(HttpExchange exchange, Reply reply) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", CONTENT_TYPE);
    exchange.getResponseHeaders().set("x-amzn-RequestId", UUID.randomUUID().toString());
    exchange.sendResponseHeaders(reply.status(), reply.body().length);
    exchange.getResponseBody().write(reply.body());
  }

  private record Reply(int status, byte[] body) {
    static Reply error(String type, String message) {
      JsonNode error =
          JsonNodeFactory.instance.objectNode().put("__type", type).put("Message", message);
      return new Reply(400, Json.write(error));
    }
  }
}
