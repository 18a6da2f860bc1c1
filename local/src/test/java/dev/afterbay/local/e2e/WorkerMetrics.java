package dev.afterbay.local.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.stream.Stream;

/** What a worker tells of itself under {@code /metrics}. */
record WorkerMetrics(int port) {
  private static final HttpClient CLIENT = HttpClient.newHttpClient();

  /** Those of a worker that is to be started with this port. */
  static WorkerMetrics onFreePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new WorkerMetrics(socket.getLocalPort());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * The sum of a metric over all its labels.
   *
   * @throws UncheckedIOException if the worker does not answer
   */
  long sum(String metric) {
    return lines(metric)
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Whether there is a metric of that name by now. */
  boolean tells(String metric) {
    return lines(metric).findAny().isPresent();
  }

  private Stream<String> lines(String metric) {
    URI page = URI.create("http://127.0.0.1:" + port + "/metrics");
    try {
      return CLIENT
          .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofLines())
          .body()
          .filter(line -> line.startsWith(metric + "{"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
