package dev.afterbay.local.e2e;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;

/** A DynamoDB that knows one fit table, and denies some operation of whoever asks. */
final class DenyingDynamoDb implements AutoCloseable {
  private static final String STREAM =
      "arn:aws:dynamodb:us-east-1:000000000000:table/Orders/stream/2026-11-21T00:00:00.000";

  private final HttpServer server;
  private final String denied;

  private DenyingDynamoDb(HttpServer server, String denied) {
    this.server = server;
    this.denied = denied;
  }

  static DenyingDynamoDb denying(String operation) throws IOException {
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    DenyingDynamoDb stub = new DenyingDynamoDb(server, operation);
    server.createContext("/", stub::answer);
    server.start();
    return stub;
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  private void answer(HttpExchange exchange) throws IOException {
    String target = String.valueOf(exchange.getRequestHeaders().getFirst("X-Amz-Target"));
    String operation = target.substring(target.indexOf('.') + 1);
    boolean refused = operation.equals(denied);
    byte[] body = (refused ? denial() : table()).getBytes(StandardCharsets.UTF_8);
    exchange.getRequestBody().readAllBytes();
    exchange.getResponseHeaders().set("Content-Type", "application/x-amz-json-1.0");
    exchange.sendResponseHeaders(refused ? 400 : 200, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }

  private String denial() {
    return """
        {"__type": "com.amazon.coral.service#AccessDeniedException",
         "Message": "User: arn:aws:iam::000000000000:user/eve is not authorized to perform: dynamodb:%s"}
        """
        .formatted(denied);
  }

  private static String table() {
    return """
        {"Table": {
          "TableName": "Orders", "TableStatus": "ACTIVE",
          "TableArn": "arn:aws:dynamodb:us-east-1:000000000000:table/Orders",
          "KeySchema": [{"AttributeName": "PK", "KeyType": "HASH"}],
          "AttributeDefinitions": [{"AttributeName": "PK", "AttributeType": "S"}],
          "StreamSpecification": {
            "StreamEnabled": true, "StreamViewType": "NEW_AND_OLD_IMAGES"},
          "LatestStreamLabel": "2026-11-21T00:00:00.000",
          "LatestStreamArn": "%s"}}
        """
        .formatted(STREAM);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
