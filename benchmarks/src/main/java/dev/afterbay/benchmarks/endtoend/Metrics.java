package dev.afterbay.benchmarks.endtoend;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;

/** What a worker tells of itself under {@code /metrics}. */
record Metrics(int port, HttpClient client) {
  static Metrics onFreePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return new Metrics(socket.getLocalPort(), HttpClient.newHttpClient());
    }
  }

  /** All lines as they stand now; none if the worker does not answer yet. */
  List<String> lines() {
    URI page = URI.create("http://127.0.0.1:" + port + "/metrics");
    try {
      return client
          .send(HttpRequest.newBuilder(page).build(), HttpResponse.BodyHandlers.ofLines())
          .body()
          .toList();
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return List.of();
    }
  }

  /** The sum of a metric over all its labels. */
  static long sum(List<String> lines, String metric) {
    return lines.stream()
        .filter(line -> line.startsWith(metric + "{") || line.startsWith(metric + " "))
        .mapToLong(line -> (long) Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
        .sum();
  }
}
