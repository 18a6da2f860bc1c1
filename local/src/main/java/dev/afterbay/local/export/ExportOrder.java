package dev.afterbay.local.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a call of ExportTableToPointInTime asks for, checked as far as it can be without the table.
 *
 * @param asked the request, without the token; two calls with one token have to agree in it
 */
record ExportOrder(
    String tableArn,
    String bucket,
    @Nullable String prefix,
    Coverage coverage,
    @Nullable String token,
    JsonNode asked) {

  static ExportOrder of(JsonNode request, Instant now) {
    String format = ExportJson.optional(request, "ExportFormat").orElse("DYNAMODB_JSON");
    if (!format.equals("DYNAMODB_JSON")) {
      throw RefusedExportException.invalid(
          "The stand-in for exports writes DYNAMODB_JSON only, not %s; ask for that format"
              .formatted(format));
    }
    String bucket = ExportJson.text(request, "S3Bucket");
    String table = ExportJson.text(request, "TableArn");
    Optional<String> prefix = ExportJson.optional(request, "S3Prefix");
    Optional<String> token = ExportJson.optional(request, "ClientToken");
    ObjectNode asked = request.deepCopy();
    asked.remove("ClientToken");
    return new ExportOrder(
        table,
        bucket,
        prefix.orElse(null),
        Coverage.asked(request, now),
        token.orElse(null),
        asked);
  }

  /** The folder under which all exports with this prefix lie. */
  String root() {
    return prefix == null ? "AWSDynamoDB/" : prefix + "/AWSDynamoDB/";
  }

  String type() {
    return coverage instanceof Coverage.Full ? "FULL_EXPORT" : "INCREMENTAL_EXPORT";
  }

  Optional<String> sse() {
    return ExportJson.optional(asked, "S3SseAlgorithm");
  }

  Optional<String> sseKey() {
    return ExportJson.optional(asked, "S3SseKmsKeyId");
  }
}
