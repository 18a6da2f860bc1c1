package dev.afterbay.local.stream;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.local.aws.Answer;
import dev.afterbay.local.aws.Json;
import dev.afterbay.local.aws.LocalEndpoints;
import dev.afterbay.local.aws.LoopbackServer;
import dev.afterbay.local.aws.Upstream;
import dev.afterbay.local.export.ExportSettings;
import dev.afterbay.transforms.change.ShardId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EofException;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A scripted stream on a loopback port: the Streams calls, DescribeTable and, where S3 is known,
 * the calls about exports of its table for any AWS client, and {@code /_afterbay/…} for whoever
 * writes the script from another process. All other calls are handed on to another endpoint, if one
 * was named; so several of these servers can stand one behind the other, each with a table of its
 * own.
 */
public final class StreamServer implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(StreamServer.class);
  private static final String STREAMS = "DynamoDBStreams_20120810.";
  private static final String DESCRIBE_TABLE = "DynamoDB_20120810.DescribeTable";

  private final LoopbackServer server;
  private final Calls calls;

  private StreamServer(LoopbackServer server, Calls calls) {
    this.server = server;
    this.calls = calls;
  }

  /** Serves the stream alone; port 0 picks a free one. */
  public static StreamServer start(ScriptedStream stream, int port) {
    return start(stream, port, ordinary(stream));
  }

  /** The same; what other processes want appended is made by this generator. */
  public static StreamServer start(ScriptedStream stream, int port, GeneratedChanges changes) {
    return start(port, new Calls(stream, Optional.empty(), changes, Optional.empty()));
  }

  /** Serves the stream in front of an endpoint of DynamoDB; port 0 picks a free one. */
  public static StreamServer startBefore(URI dynamodb, ScriptedStream stream, int port) {
    return startBefore(dynamodb, stream, port, ordinary(stream));
  }

  /** The same; what other processes want appended is made by this generator. */
  public static StreamServer startBefore(
      URI dynamodb, ScriptedStream stream, int port, GeneratedChanges changes) {
    return start(
        port, new Calls(stream, Optional.of(new Upstream(dynamodb)), changes, Optional.empty()));
  }

  /**
   * Serves the stream, and exports of its table, in front of the local AWS; port 0 picks a free
   * one. Exports go to the buckets of its S3 endpoint. Their times are those of the changes, and
   * now is what the stream's clock says.
   */
  public static StreamServer startBefore(
      LocalEndpoints aws, ScriptedStream stream, int port, ExportSettings settings) {
    Upstream others = new Upstream(aws.dynamodb());
    Optional<ScriptedExports> exports = Optional.of(ScriptedExports.of(stream, aws.s3(), settings));
    return start(port, new Calls(stream, Optional.of(others), ordinary(stream), exports));
  }

  private static GeneratedChanges ordinary(ScriptedStream stream) {
    return new GeneratedChanges(
        stream.table(), GeneratedChanges.Shape.ORDINARY, stream.settings().seed(), stream::now);
  }

  private static StreamServer start(int port, Calls calls) {
    try {
      return new StreamServer(LoopbackServer.start("stream", port, calls), calls);
    } catch (IOException e) {
      throw new UncheckedIOException("Port " + port + " cannot be listened on", e);
    } catch (RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException("The scripted stream cannot be served", e);
    }
  }

  /** Where clients find it. */
  public URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  @Override
  public void close() {
    calls.close();
    try {
      server.stop();
    } catch (Exception e) {
      LOG.warn("The scripted stream did not stop cleanly", e);
    }
  }

  private static final class Calls extends Handler.Abstract {
    private static final List<String> NAMING =
        List.of("TableName", "TableArn", "StreamArn", "ShardIterator", "ExportArn");

    private final ScriptedStream stream;
    private final StreamsProtocol protocol;
    private final Control control;
    private final Optional<Upstream> others;
    private final Optional<ScriptedExports> exports;
    private final ScheduledExecutorService later =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "stream-later");
              thread.setDaemon(true);
              return thread;
            });

    Calls(
        ScriptedStream stream,
        Optional<Upstream> others,
        GeneratedChanges changes,
        Optional<ScriptedExports> exports) {
      this.stream = stream;
      this.protocol = new StreamsProtocol(new StreamCalls(stream));
      this.control = new Control(stream, changes);
      this.others = others;
      this.exports = exports;
    }

    void close() {
      later.shutdownNow();
      control.close();
      exports.ifPresent(ScriptedExports::close);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      byte[] body = LoopbackServer.body(request);
      String path = Request.getPathInContext(request);
      if (path.startsWith(Control.ROOT)) {
        control.answer(request.getMethod(), path, body).send(request, response, callback);
        return true;
      }
      String target = String.valueOf(request.getHeaders().get("X-Amz-Target"));
      Optional<StreamCall> call =
          target.startsWith(STREAMS)
              ? StreamCall.named(target.substring(STREAMS.length()))
              : Optional.empty();
      Optional<ScriptedExports> exporting = exports.filter(any -> ScriptedExports.answers(target));
      boolean known = call.isPresent() || exporting.isPresent() || target.equals(DESCRIBE_TABLE);
      JsonNode asked = known ? read(body) : null;
      if (asked == null || !(mine(asked) || others.isEmpty())) {
        hand(request, body, response, callback);
      } else if (exporting.isPresent()) {
        exporting.get().answer(target, body).send(request, response, callback);
      } else if (call.isPresent()) {
        answer(call.get(), asked, new Exchange(request, response, callback));
      } else if (mine(asked)) {
        TableDescriptionJson.of(stream).send(request, response, callback);
      } else {
        StreamsProtocol.refusal(Fault.notFound("Table: " + Json.text(asked, "TableName")))
            .send(request, response, callback);
      }
      return true;
    }

    private static @Nullable JsonNode read(byte[] body) {
      try {
        return Json.read(body);
      } catch (UncheckedIOException e) {
        return null;
      }
    }

    /** Whether a call is about this table, or about none. */
    private boolean mine(JsonNode asked) {
      for (String field : NAMING) {
        String named = Json.text(asked, field);
        if (!named.isEmpty()) {
          return named.equals(stream.table().name().value())
              || named.equals(stream.table().arn())
              || named.startsWith(stream.table().arn() + "/");
        }
      }
      return true;
    }

    private void hand(Request request, byte[] body, Response response, Callback callback)
        throws IOException {
      if (others.isPresent()) {
        others.get().forward(request, body, response, callback);
      } else {
        StreamsProtocol.refusal(
                new Fault.Refusal("UnknownOperationException", 400, "Only streams are scripted"))
            .send(request, response, callback);
      }
    }

    private void answer(StreamCall call, JsonNode asked, Exchange exchange) throws IOException {
      Optional<Fault> met = stream.faults().meet(call, shard(asked));
      if (met.isEmpty()) {
        exchange.send(protocol.answer(call, asked));
      } else if (met.get() instanceof Fault.Refusal refusal) {
        exchange.send(StreamsProtocol.refusal(refusal));
      } else if (met.get() instanceof Fault.Slow slow) {
        after(slow.delay(), () -> exchange.sendLate(protocol.answer(call, asked)));
      } else if (met.get() instanceof Fault.Silence silence) {
        after(silence.held(), exchange::cut);
      }
    }

    private void after(Duration delay, Runnable action) {
      try {
        ScheduledFuture<?> unused = later.schedule(action, delay.toNanos(), TimeUnit.NANOSECONDS);
      } catch (RejectedExecutionException e) {
        action.run();
      }
    }

    private static @Nullable ShardId shard(JsonNode asked) {
      return asked.has("ShardIterator")
          ? StreamCalls.shardOf(Json.text(asked, "ShardIterator"))
          : StreamCalls.shardNamed(Json.text(asked, "ShardId"));
    }
  }

  /** A request whose answer may come later, from another thread. */
  private record Exchange(Request request, Response response, Callback callback) {
    void send(Answer answer) throws IOException {
      answer.send(request, response, callback);
    }

    void sendLate(Answer answer) {
      try {
        send(answer);
      } catch (IOException e) {
        callback.failed(e);
      }
    }

    /** Closes the connection without a word. */
    void cut() {
      request.getConnectionMetaData().getConnection().getEndPoint().close();
      callback.failed(new EofException("cut by the script"));
    }
  }
}
