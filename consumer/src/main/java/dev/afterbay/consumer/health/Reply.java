package dev.afterbay.consumer.health;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * What the server says to one request.
 *
 * @param status the HTTP status
 * @param contentType of the body
 * @param body in UTF-8
 */
record Reply(int status, String contentType, String body) {
  /** The page has what this server gives it, and talks to nobody else. */
  private static final String POLICY =
      "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src data:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  static Reply text(int status, String sentence) {
    return new Reply(status, "text/plain; charset=utf-8", sentence + "\n");
  }

  static Reply json(int status, String json) {
    return new Reply(status, "application/json", json + "\n");
  }

  /** Sends it; to a {@code HEAD} request its headers only. */
  void send(HttpExchange exchange) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    Headers headers = exchange.getResponseHeaders();
    headers.set("Content-Type", contentType);
    headers.set("Cache-Control", "no-store");
    headers.set("X-Content-Type-Options", "nosniff");
    headers.set("Content-Security-Policy", POLICY);
    if (exchange.getRequestMethod().equals("HEAD")) {
      headers.set("Content-Length", Integer.toString(bytes.length));
      exchange.sendResponseHeaders(status, -1);
      return;
    }
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(bytes);
    }
  }
}
