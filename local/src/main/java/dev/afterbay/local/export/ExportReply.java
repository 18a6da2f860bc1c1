package dev.afterbay.local.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;

/** What a call is answered: an HTTP status and a JSON body. */
public record ExportReply(int status, byte[] body) {
  static ExportReply of(JsonNode body) {
    return new ExportReply(200, ExportJson.write(body));
  }

  static ExportReply refused(RefusedExportException refusal) {
    String space =
        refusal.type().equals("ValidationException")
            ? "com.amazon.coral.validate#"
            : "com.amazonaws.dynamodb.v20120810#";
    ObjectNode body = ExportJson.object();
    body.put("__type", space + refusal.type()).put("message", refusal.getMessage());
    return new ExportReply(400, ExportJson.write(body));
  }
}
