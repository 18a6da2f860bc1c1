package dev.afterbay.local.glue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.local.awsjson.JsonServer;
import java.net.URI;
import java.time.InstantSource;

/**
 * A Glue Data Catalog on a loopback port, empty at the start and gone at the end. It answers what
 * it was asked with AWS's own shapes and errors; what it does not know is refused with {@code
 * UnknownOperationException}.
 */
public final class GlueServer implements AutoCloseable {
  private final GlueCalls calls = new GlueCalls();
  private final Interventions interventions = new Interventions();
  private final CatalogCalls catalog = new CatalogCalls(new Catalog(InstantSource.system()));
  private final JsonServer server;

  private GlueServer(int port) {
    this.server = JsonServer.start("AWSGlue", port, this::answer);
  }

  /**
   * Starts to answer.
   *
   * @param port 0 picks a free one
   * @throws java.io.UncheckedIOException when the port is taken
   */
  public static GlueServer start(int port) {
    return new GlueServer(port);
  }

  private JsonNode answer(String operation, JsonNode request) {
    calls.add(operation);
    interventions.meet(operation);
    return catalog.answer(operation, request);
  }

  /** Where clients find it. */
  public URI endpoint() {
    return server.endpoint();
  }

  /** What was asked of it so far. */
  public GlueCalls calls() {
    return calls;
  }

  /**
   * Does something once, before the next call of an operation is carried out; the caller waits
   * meanwhile. The act may itself call this server. Several acts are for as many calls.
   */
  public void before(String operation, Runnable act) {
    interventions.before(operation, act);
  }

  /**
   * Answers all calls of an operation with an error until they are allowed again.
   *
   * @param errorType as AWS names it, for example {@code AccessDeniedException}
   */
  public void refuse(String operation, String errorType, String message) {
    interventions.refuse(operation, errorType, message);
  }

  /** Carries the calls of an operation out again. */
  public void allow(String operation) {
    interventions.allow(operation);
  }

  @Override
  public void close() {
    server.close();
  }
}
