package dev.afterbay.local.aws;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.GZIPOutputStream;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/** What DynamoDB says to a call: an HTTP status and a JSON body. */
public record Answer(int status, byte[] body) {
  private static final String JSON = "application/x-amz-json-1.0";
  private static final int GZIP_FROM_BYTES = 1024;

  public static Answer ok(byte[] body) {
    return new Answer(200, body);
  }

  static Answer error(String type, String message) {
    String json =
        "{\"__type\":\"%s\",\"message\":\"%s\"}".formatted(type, message.replace("\"", "'"));
    return new Answer(400, json.getBytes(StandardCharsets.UTF_8));
  }

  boolean succeeded() {
    return status == 200;
  }

  /** Whether this is the error of the given short name, for example {@code ResourceNotFound…}. */
  boolean failedWith(String type) {
    return status == 400 && Json.text(Json.read(body), "__type").endsWith("#" + type);
  }

  /** Sends it as DynamoDB does: compressed for whoever asks, with the checksum of what is sent. */
  public void send(Request request, Response response, Callback callback) throws IOException {
    byte[] sent = body;
    HttpFields.Mutable headers = response.getHeaders();
    if (body.length >= GZIP_FROM_BYTES
        && request.getHeaders().contains(HttpHeader.ACCEPT_ENCODING, "gzip")) {
      sent = gzip(body);
      headers.put(HttpHeader.CONTENT_ENCODING, "gzip");
    }
    CRC32 crc = new CRC32();
    crc.update(sent);
    response.setStatus(status);
    headers.put(HttpHeader.CONTENT_TYPE, JSON);
    headers.put("x-amz-crc32", Long.toString(crc.getValue()));
    headers.put("x-amzn-RequestId", request.getId());
    response.write(true, ByteBuffer.wrap(sent), callback);
  }

  private static byte[] gzip(byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(body.length / 4);
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(body);
    }
    return out.toByteArray();
  }
}
