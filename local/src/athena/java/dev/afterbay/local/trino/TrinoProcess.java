package dev.afterbay.local.trino;

import static org.awaitility.Awaitility.await;

import dev.afterbay.local.aws.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.awaitility.core.ConditionTimeoutException;

/** A running server; it does not outlive the test. */
final class TrinoProcess implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final Duration GOODBYE = Duration.ofSeconds(10);

  private final HttpClient http = HttpClient.newHttpClient();
  private final Process process;
  private final TrinoFiles files;

  private TrinoProcess(Process process, TrinoFiles files) {
    this.process = process;
    this.files = files;
  }

  /** Starts a server and waits until it takes queries. */
  static TrinoProcess start(Path dir, URI glue, URI s3) {
    try {
      Files.createDirectories(dir);
      TrinoFiles files = new TrinoFiles(dir.toAbsolutePath(), freePort());
      files.write(glue, s3);
      Process process =
          new ProcessBuilder(files.command())
              .directory(dir.toFile())
              .redirectErrorStream(true)
              .redirectOutput(files.log().toFile())
              .start();
      Runtime.getRuntime().addShutdownHook(new Thread(process::destroyForcibly, "end-trino"));
      TrinoProcess started = new TrinoProcess(process, files);
      started.awaitReady();
      return started;
    } catch (IOException e) {
      throw new UncheckedIOException("Trino cannot be started in " + dir, e);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private void awaitReady() {
    try {
      await().atMost(PATIENCE).until(() -> !process.isAlive() || ready());
    } catch (ConditionTimeoutException e) {
      close();
    }
    if (!process.isAlive()) {
      throw new IllegalStateException(
          "Trino did not start; the end of %s:%n%s".formatted(files.log(), files.lastLines()));
    }
  }

  private boolean ready() throws InterruptedException {
    HttpRequest info = HttpRequest.newBuilder(endpoint().resolve("/v1/info")).build();
    try {
      byte[] body = http.send(info, BodyHandlers.ofByteArray()).body();
      return !Json.read(body).path("starting").asBoolean(true);
    } catch (IOException | UncheckedIOException e) {
      return false;
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + files.port());
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(GOODBYE.toMillis(), TimeUnit.MILLISECONDS)) {
        process.destroyForcibly().waitFor();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
