package dev.afterbay.local.doctor;

import dev.afterbay.local.aws.LoopbackServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * A loopback port before a stand-in of a service, which refuses operations by name, answers some
 * itself, and hands all others on.
 */
final class Gatekeeper implements AutoCloseable {
  private static final Set<String> OF_THE_CONNECTION =
      Set.of(
          "connection",
          "content-length",
          "date",
          "expect",
          "host",
          "keep-alive",
          "transfer-encoding",
          "upgrade");

  private final HttpClient http =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private final Map<String, Rule> rules = new ConcurrentHashMap<>();
  private final Set<String> dropped = ConcurrentHashMap.newKeySet();
  private final URI upstream;
  private final LoopbackServer server;

  /** An answer to the requests that contain a text. */
  private record Rule(String containing, int status, String body) {}

  private record Told(int status, Map<String, List<String>> headers, byte[] body) {}

  private Gatekeeper(URI upstream) throws Exception {
    this.upstream = upstream;
    this.server = LoopbackServer.start("gatekeeper", 0, new Calls());
  }

  static Gatekeeper before(URI upstream) throws Exception {
    return new Gatekeeper(upstream);
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.port());
  }

  /** Refuses an operation of S3 or of a service that speaks JSON, as IAM makes them do. */
  void deny(String operation) {
    deny(operation, "");
  }

  /** Refuses it to requests that contain a text. */
  void deny(String operation, String containing) {
    answer(operation, containing, 0, "is not authorized to perform: " + operation);
  }

  /** Refuses it with these words. */
  void denySaying(String operation, String message) {
    answer(operation, "", 0, message);
  }

  /** Answers an operation. */
  void answer(String operation, int status, String body) {
    answer(operation, "", status, body);
  }

  private void answer(String operation, String containing, int status, String body) {
    rules.put(operation, new Rule(containing, status, body));
  }

  /** Hands requests on without a header. */
  void drop(String header) {
    dropped.add(header.toLowerCase(Locale.ROOT));
  }

  /** Hands everything on as it is. */
  void reset() {
    rules.clear();
    dropped.clear();
  }

  @Override
  public void close() {
    try {
      server.stop();
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }

  private final class Calls extends Handler.Abstract {
    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      byte[] body = LoopbackServer.body(request);
      String target = request.getHeaders().get("X-Amz-Target");
      String operation =
          target == null ? ofS3(request) : target.substring(target.lastIndexOf('.') + 1);
      Rule rule = rules.get(operation);
      Told told =
          rule != null && new String(body, StandardCharsets.UTF_8).contains(rule.containing())
              ? ruled(rule, target != null)
              : asked(request, body);
      response.setStatus(told.status());
      told.headers()
          .forEach((name, values) -> values.forEach(v -> response.getHeaders().add(name, v)));
      response.write(true, ByteBuffer.wrap(told.body()), callback);
      return true;
    }

    private Told ruled(Rule rule, boolean json) {
      boolean denied = rule.status() == 0;
      String body =
          !denied
              ? rule.body()
              : json
                  ? "{\"__type\":\"AccessDeniedException\",\"message\":\"%s\",\"Message\":\"%s\"}"
                      .formatted(rule.body(), rule.body())
                  : "<Error><Code>AccessDenied</Code><Message>%s</Message></Error>"
                      .formatted(rule.body());
      int status = denied ? json ? 400 : 403 : rule.status();
      return new Told(status, Map.of(), body.getBytes(StandardCharsets.UTF_8));
    }

    private Told asked(Request request, byte[] body) throws IOException {
      HttpRequest.Builder copy =
          HttpRequest.newBuilder(URI.create(upstream + request.getHttpURI().getPathQuery()))
              .method(
                  request.getMethod(),
                  body.length == 0 && !request.getMethod().startsWith("P")
                      ? BodyPublishers.noBody()
                      : BodyPublishers.ofByteArray(body));
      for (HttpField field : request.getHeaders()) {
        String name = field.getName().toLowerCase(Locale.ROOT);
        if (field.getValue() != null
            && !OF_THE_CONNECTION.contains(name)
            && !dropped.contains(name)) {
          copy.header(field.getName(), field.getValue());
        }
      }
      try {
        HttpResponse<byte[]> answer =
            http.send(copy.build(), HttpResponse.BodyHandlers.ofByteArray());
        Map<String, List<String>> headers = new TreeMap<>(answer.headers().map());
        headers
            .keySet()
            .removeIf(name -> OF_THE_CONNECTION.contains(name.toLowerCase(Locale.ROOT)));
        return new Told(answer.statusCode(), headers, answer.body());
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }

  private static String ofS3(Request request) {
    String method = request.getMethod();
    String path = request.getHttpURI().getPath();
    String query = String.valueOf(request.getHttpURI().getQuery());
    boolean bucket = path.indexOf('/', 1) < 0 || path.indexOf('/', 1) == path.length() - 1;
    if (path.contains("_localstack")) {
      return "LocalStack";
    }
    if (path.endsWith("/task")) {
      return "Task";
    }
    if (query.contains("uploads")) {
      return "CreateMultipartUpload";
    }
    if (query.contains("uploadId")) {
      return method.equals("DELETE") ? "AbortMultipartUpload" : "ListParts";
    }
    if (bucket) {
      return method.equals("HEAD")
          ? "HeadBucket"
          : Map.of(
                  "versioning", "GetBucketVersioning",
                  "publicAccessBlock", "GetPublicAccessBlock",
                  "lifecycle", "GetBucketLifecycleConfiguration",
                  "encryption", "GetBucketEncryption")
              .getOrDefault(query.replace("=", ""), "ListObjectsV2");
    }
    return Map.of("PUT", "PutObject", "GET", "GetObject", "DELETE", "DeleteObject")
        .getOrDefault(method, method);
  }
}
