package dev.afterbay.local.stream;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** Hands calls on to another endpoint and its answers back, as they are. */
final class Forwarding {
  /** What belongs to one connection and not to the call. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "transfer-encoding",
          "upgrade");

  private static final Duration CONNECT = Duration.ofSeconds(5);

  private final URI endpoint;
  private final HttpClient http;

  Forwarding(URI endpoint) {
    this.endpoint = endpoint;
    this.http =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT)
            .build();
  }

  void forward(Request request, byte[] body, Response response, Callback callback) {
    HttpRequest.Builder copy =
        HttpRequest.newBuilder(endpoint.resolve(Request.getPathInContext(request)))
            .method(request.getMethod(), HttpRequest.BodyPublishers.ofByteArray(body));
    for (HttpField field : request.getHeaders()) {
      String value = field.getValue();
      if (value != null && ofTheCall(field.getName())) {
        copy.header(field.getName(), value);
      }
    }
    var unused =
        http.sendAsync(copy.build(), HttpResponse.BodyHandlers.ofByteArray())
            .whenComplete((answer, failure) -> hand(answer, failure, response, callback));
  }

  private static void hand(
      @Nullable HttpResponse<byte[]> answer,
      @Nullable Throwable failure,
      Response response,
      Callback callback) {
    if (answer == null) {
      callback.failed(failure == null ? new IllegalStateException("no answer") : failure);
      return;
    }
    response.setStatus(answer.statusCode());
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              if (ofTheCall(name)) {
                values.forEach(value -> response.getHeaders().add(name, value));
              }
            });
    response.write(true, ByteBuffer.wrap(answer.body()), callback);
  }

  private static boolean ofTheCall(String header) {
    return !OF_THE_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
  }
}
