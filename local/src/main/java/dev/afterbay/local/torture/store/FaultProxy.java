package dev.afterbay.local.torture.store;

import dev.afterbay.local.aws.LoopbackServer;
import dev.afterbay.local.aws.Upstream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A loopback port that hands requests on to an S3 endpoint, and does to some what S3 may do. */
public final class FaultProxy implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(FaultProxy.class);

  private final LoopbackServer server;
  private final Calls calls;

  private FaultProxy(LoopbackServer server, Calls calls) {
    this.server = server;
    this.calls = calls;
  }

  /** Stands before an endpoint, on a free port. */
  public static FaultProxy startBefore(URI s3, StoreFaults faults) {
    Calls calls = new Calls(new Upstream(s3), faults);
    try {
      return new FaultProxy(LoopbackServer.start("store-faults", 0, calls), calls);
    } catch (IOException e) {
      throw new UncheckedIOException("No free port can be listened on", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("The faulty store cannot be served", e);
    }
  }

  /** Where clients find it. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Whether no request is under way, not even one whose client believes it lost. */
  public boolean idle() {
    return calls.underWay.get() == 0;
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("The faulty store did not stop cleanly", e);
    }
  }

  private static final class Calls extends Handler.Abstract {
    private final Upstream upstream;
    private final StoreFaults faults;
    private final AtomicInteger underWay = new AtomicInteger();

    Calls(Upstream upstream, StoreFaults faults) {
      this.upstream = upstream;
      this.faults = faults;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      Upstream.Ask ask = Upstream.Ask.of(request, LoopbackServer.body(request));
      StoreCall call =
          StoreCall.of(
              ask.method(),
              request.getHttpURI().getQuery(),
              request.getHeaders().contains("If-None-Match"));
      Optional<StoreFaults.Met> met = faults.meet(call);
      underWay.incrementAndGet();
      Exchange exchange = new Exchange(ask, request, response, callback);
      CompletableFuture<Void> over =
          met.map(fault -> fail(fault, exchange))
              .orElseGet(() -> upstream.ask(ask).thenAccept(exchange::send));
      var unused =
          over.whenComplete(
              (done, failure) -> {
                underWay.decrementAndGet();
                if (failure != null) {
                  exchange.cut();
                }
              });
      return true;
    }

    private CompletableFuture<Void> fail(StoreFaults.Met met, Exchange exchange) {
      return switch (met.fault()) {
        case REFUSED -> at(Duration.ZERO).thenRun(exchange::refuse);
        case CONFLICT ->
            at(Duration.ZERO)
                .thenRun(
                    () ->
                        exchange.error(
                            409,
                            "ConditionalRequestConflict",
                            "The conditional request cannot succeed due to a conflicting"
                                + " operation against this resource."));
        case ERROR_IN_200 -> at(Duration.ZERO).thenRun(() -> exchange.fail(200));
        case HANG_THEN_CUT -> at(met.delay()).thenRun(exchange::cut);
        case SLOW_REQUEST ->
            at(met.delay())
                .thenCompose(late -> upstream.ask(exchange.ask()))
                .thenAccept(exchange::send);
        case SLOW_ANSWER ->
            upstream
                .ask(exchange.ask())
                .thenCompose(told -> at(met.delay()).thenRun(() -> exchange.send(told)));
        case CUT_THEN_DONE -> {
          exchange.cut();
          yield at(met.delay())
              .thenCompose(late -> upstream.ask(exchange.ask()))
              .thenAccept(unheard -> {});
        }
        case DONE_THEN_CUT -> upstream.ask(exchange.ask()).thenRun(exchange::cut);
        case DONE_THEN_FAILED -> upstream.ask(exchange.ask()).thenRun(() -> exchange.fail(500));
        case DONE_THEN_REFUSED -> upstream.ask(exchange.ask()).thenRun(exchange::refuse);
        case DONE_THEN_ERROR_IN_200 ->
            upstream.ask(exchange.ask()).thenRun(() -> exchange.fail(200));
      };
    }

    private static CompletableFuture<Void> at(Duration delay) {
      Executor later = CompletableFuture.delayedExecutor(delay.toMillis(), TimeUnit.MILLISECONDS);
      return CompletableFuture.runAsync(() -> {}, later);
    }
  }

  /** A request whose answer may come later, from another thread. */
  private static final class Exchange {
    private final Upstream.Ask ask;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final AtomicBoolean over = new AtomicBoolean();

    Exchange(Upstream.Ask ask, Request request, Response response, Callback callback) {
      this.ask = ask;
      this.request = request;
      this.response = response;
      this.callback = callback;
    }

    Upstream.Ask ask() {
      return ask;
    }

    void send(Upstream.Told told) {
      over.set(true);
      told.send(response, callback);
    }

    void refuse() {
      error(503, "SlowDown", "Please reduce your request rate.");
    }

    void fail(int status) {
      error(status, "InternalError", "We encountered an internal error. Please try again.");
    }

    void error(int status, String code, String message) {
      String xml =
          """
          <?xml version="1.0" encoding="UTF-8"?>
          <Error><Code>%s</Code><Message>%s</Message><RequestId>%s</RequestId></Error>"""
              .formatted(code, message, request.getId());
      over.set(true);
      response.setStatus(status);
      response.getHeaders().put("Content-Type", "application/xml");
      byte[] body = ask.head() ? new byte[0] : xml.getBytes(StandardCharsets.UTF_8);
      response.write(true, ByteBuffer.wrap(body), callback);
    }

    /** Closes the connection without a word. */
    void cut() {
      if (over.getAndSet(true)) {
        return;
      }
      request.getConnectionMetaData().getConnection().getEndPoint().close();
      callback.failed(new EofException("cut"));
    }
  }
}
