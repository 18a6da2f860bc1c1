package dev.afterbay.local.aws;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** An endpoint that another one stands before and hands calls on to. */
public final class Upstream {
  /** What belongs to one connection and not to the call. */
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "date",
          "expect",
          "host",
          "http2-settings",
          "keep-alive",
          "transfer-encoding",
          "upgrade");

  private static final String LENGTH = "content-length";
  private static final Duration CONNECT = Duration.ofSeconds(5);
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final URI endpoint;
  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(CONNECT).build();

  /** The endpoint at an address without a path. */
  public Upstream(URI endpoint) {
    this.endpoint = endpoint;
  }

  /** A request apart from its connection. */
  public record Ask(String method, String pathAndQuery, List<HttpField> headers, byte[] body) {
    /** What a client asks for. */
    public static Ask of(Request request, byte[] body) {
      List<HttpField> headers = new ArrayList<>();
      for (HttpField field : request.getHeaders()) {
        if (field.getValue() != null && ofTheCall(field.getName())) {
          headers.add(field);
        }
      }
      return new Ask(
          request.getMethod(), request.getHttpURI().getPathQuery(), List.copyOf(headers), body);
    }

    /** Whether it wants no body. */
    public boolean head() {
      return method.equals("HEAD");
    }
  }

  /** An answer apart from its connection. */
  public record Told(int status, Map<String, List<String>> headers, byte[] body) {
    /** Hands the answer to a client. */
    public void send(Response response, Callback callback) {
      response.setStatus(status);
      headers.forEach(
          (name, values) -> values.forEach(value -> response.getHeaders().add(name, value)));
      response.write(true, ByteBuffer.wrap(body), callback);
    }
  }

  /** Hands a call on and its answer back, as they are. */
  public void forward(Request request, byte[] body, Response response, Callback callback) {
    var unused =
        ask(Ask.of(request, body))
            .whenComplete(
                (told, failure) -> {
                  if (failure == null) {
                    told.send(response, callback);
                  } else {
                    callback.failed(failure);
                  }
                });
  }

  /** Sends a request once. */
  public CompletableFuture<Told> ask(Ask ask) {
    HttpRequest.Builder copy =
        HttpRequest.newBuilder(URI.create(endpoint + ask.pathAndQuery()))
            .timeout(PATIENCE)
            .method(
                ask.method(),
                ask.body().length == 0 && !ask.method().startsWith("P")
                    ? BodyPublishers.noBody()
                    : BodyPublishers.ofByteArray(ask.body()));
    ask.headers().forEach(field -> copy.header(field.getName(), field.getValue()));
    return http.sendAsync(copy.build(), HttpResponse.BodyHandlers.ofByteArray())
        .thenApply(answer -> told(ask, answer));
  }

  private static Told told(Ask ask, HttpResponse<byte[]> answer) {
    Map<String, List<String>> headers = new TreeMap<>();
    answer
        .headers()
        .map()
        .forEach(
            (name, values) -> {
              // A HEAD tells the size of a body that does not follow.
              if (ofTheCall(name) || (ask.head() && name.equalsIgnoreCase(LENGTH))) {
                headers.put(name, values);
              }
            });
    return new Told(answer.statusCode(), headers, answer.body());
  }

  private static boolean ofTheCall(String header) {
    return !OF_THE_CONNECTION.contains(header.toLowerCase(Locale.ROOT));
  }
}
