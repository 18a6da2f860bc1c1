package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.local.aws.LocalEndpoints;
import dev.afterbay.local.aws.LoopbackServer;
import dev.afterbay.local.aws.Upstream;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/**
 * Stands before DynamoDB and S3 and counts the writes. After one of them it lets nothing pass any
 * more and holds its answer: then the process behind it is killed, at the same step each time.
 */
final class Gate implements AutoCloseable {
  private static final Pattern READING =
      Pattern.compile("(Get|Describe|List|Query|Scan|BatchGet).*");

  private final Setup setup;
  private final LoopbackServer dynamodb;
  private final LoopbackServer s3;
  private final List<String> writes = new ArrayList<>();
  private int last = Integer.MAX_VALUE;
  private boolean shut;

  private Gate(Setup open, LocalEndpoints aws) throws Exception {
    this.dynamodb = LoopbackServer.start("gate-dynamodb", 0, new Calls(aws.dynamodb()));
    this.s3 = LoopbackServer.start("gate-s3", 0, new Calls(aws.s3()));
    this.setup =
        open.edited("dynamodb: " + aws.dynamodb(), "dynamodb: " + address(dynamodb))
            .edited("s3: " + aws.s3(), "s3: " + address(s3));
  }

  /** Stands before what a setup names. */
  static Gate before(Setup setup) throws Exception {
    return new Gate(setup, setup.stage().aws().endpoints());
  }

  private static URI address(LoopbackServer server) {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /**
   * Runs a command with SIGKILL as soon as it has made so many writes.
   *
   * @return false if it made fewer and ended well
   */
  boolean killsAfter(int number, String command, String... arguments) {
    open(number);
    List<String> all = new ArrayList<>(List.of(command, "--config", setup.config().toString()));
    all.addAll(List.of(arguments));
    Path dir = setup.stage().dir();
    try (ChildProcess process = Program.SERVICE.start(dir, all.toArray(String[]::new))) {
      await("write " + number + " of " + command)
          .atMost(Setup.PATIENCE)
          .pollInterval(Duration.ofMillis(5))
          .until(() -> shut() || !process.alive());
      if (!shut()) {
        assertThat(process.exitCodeWithin(Setup.PATIENCE)).as(process.err()).isZero();
        return false;
      }
      assertThat(process.alive()).as(process.err()).isTrue();
      process.kill();
      return true;
    }
  }

  /** The writes of the last command, each by its operation and the folder or table it went to. */
  synchronized List<String> writes() {
    return List.copyOf(writes);
  }

  private synchronized void open(int number) {
    writes.clear();
    last = number;
    shut = false;
  }

  private synchronized boolean shut() {
    return shut;
  }

  /** Whether a call may pass. */
  private synchronized boolean passes(Optional<String> write) {
    if (writes.size() >= last) {
      return false;
    }
    write.ifPresent(writes::add);
    return true;
  }

  /** Whether the answer to a write may pass. */
  private synchronized boolean answers(Optional<String> write) {
    shut |= write.isPresent() && writes.size() >= last;
    return !shut;
  }

  @Override
  public void close() {
    try {
      dynamodb.stop();
      s3.stop();
    } catch (Exception e) {
      throw new IllegalStateException("The gate did not close", e);
    }
  }

  private final class Calls extends Handler.Abstract {
    private final Upstream upstream;

    Calls(URI endpoint) {
      this.upstream = new Upstream(endpoint);
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      Upstream.Ask ask = Upstream.Ask.of(request, LoopbackServer.body(request));
      Optional<String> write = write(request.getHeaders().get("X-Amz-Target"), ask);
      if (passes(write)) {
        var unused =
            upstream
                .ask(ask)
                .whenComplete(
                    (told, failure) -> {
                      if (failure != null) {
                        callback.failed(failure);
                      } else if (answers(write)) {
                        told.send(response, callback);
                      }
                    });
      }
      return true;
    }

    private Optional<String> write(@Nullable String target, Upstream.Ask ask) {
      if (target != null) {
        String operation = target.substring(target.indexOf('.') + 1);
        return READING.matcher(operation).matches() ? Optional.empty() : Optional.of(operation);
      }
      if (ask.head() || ask.method().equals("GET")) {
        return Optional.empty();
      }
      // /bucket/lake/folder/…, or one level more where the lake keeps its books
      String[] parts = ask.pathAndQuery().split("[/?]", -1);
      int folder = parts[3].equals("_afterbay") ? 4 : 3;
      return Optional.of(ask.method() + " " + parts[folder]);
    }
  }
}
