package dev.afterbay.local.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;

/** An export from its call on, as DescribeExport tells of it. */
record Export(String id, ExportedTable table, ExportOrder order, Instant started, State state) {

  /** How far it is. */
  sealed interface State {
    String status();

    /** Not yet at its end. */
    record InProgress() implements State {
      @Override
      public String status() {
        return "IN_PROGRESS";
      }
    }

    /** At its good end. */
    record Completed(Instant ended, long items, long bytes) implements State {
      @Override
      public String status() {
        return "COMPLETED";
      }
    }

    /** At its bad end. */
    record Failed(Instant ended, String code, String message) implements State {
      @Override
      public String status() {
        return "FAILED";
      }
    }
  }

  Export with(State next) {
    return new Export(id, table, order, started, next);
  }

  String arn() {
    return table.arn() + "/export/" + id;
  }

  /** The folder of its manifests. */
  String folder() {
    return order.root() + id + "/";
  }

  /** A full export has a data folder of its own; incremental ones share theirs. */
  String dataFolder() {
    return (order.coverage() instanceof Coverage.Full ? folder() : order.root()) + "data/";
  }

  String manifestKey() {
    return folder() + "manifest-summary.json";
  }

  ObjectNode summary() {
    return ExportJson.object()
        .put("ExportArn", arn())
        .put("ExportStatus", state.status())
        .put("ExportType", order.type());
  }

  ObjectNode description() {
    ObjectNode told = summary();
    told.put("StartTime", ExportJson.seconds(started))
        .put("TableArn", table.arn())
        .put("TableId", table.id())
        .put("S3Bucket", order.bucket())
        .put("S3SseAlgorithm", order.sse().orElse("AES256"))
        .put("ExportFormat", "DYNAMODB_JSON");
    if (order.prefix() != null) {
      told.put("S3Prefix", order.prefix());
    }
    order.sseKey().ifPresent(key -> told.put("S3SseKmsKeyId", key));
    if (order.token() != null) {
      told.put("ClientToken", order.token());
    }
    if (order.coverage() instanceof Coverage.Full full) {
      told.put("ExportTime", ExportJson.seconds(full.at()));
    } else if (order.coverage() instanceof Coverage.Window window) {
      told.putObject("IncrementalExportSpecification")
          .put("ExportFromTime", ExportJson.seconds(window.from()))
          .put("ExportToTime", ExportJson.seconds(window.to()))
          .put("ExportViewType", window.view());
    }
    if (state instanceof State.Completed completed) {
      told.put("EndTime", ExportJson.seconds(completed.ended()))
          .put("ItemCount", completed.items())
          .put("BilledSizeBytes", completed.bytes())
          .put("ExportManifest", manifestKey());
    } else if (state instanceof State.Failed failed) {
      told.put("EndTime", ExportJson.seconds(failed.ended()))
          .put("FailureCode", failed.code())
          .put("FailureMessage", failed.message());
    }
    return told;
  }
}
