package dev.afterbay.reconciliation.fromdynamodb;

import dev.afterbay.reconciliation.export.ExportException;
import dev.afterbay.reconciliation.export.ExportException.Kind;
import dev.afterbay.reconciliation.export.ExportRequest;
import dev.afterbay.reconciliation.export.ExportStatus;
import dev.afterbay.reconciliation.export.Window;
import dev.afterbay.sinks.tostorage.ObjectKey;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;
import software.amazon.awssdk.services.dynamodb.model.ExportType;
import software.amazon.awssdk.services.dynamodb.model.IncrementalExportSpecification;

/** The SDK's descriptions of exports as our records. */
final class Descriptions {
  private Descriptions() {}

  static ExportStatus status(ExportDescription export) {
    return switch (export.exportStatus()) {
      case IN_PROGRESS -> new ExportStatus.InProgress();
      case COMPLETED ->
          new ExportStatus.Completed(
              manifest(export),
              shown(export),
              export.itemCount() == null ? 0 : export.itemCount(),
              export.billedSizeBytes() == null ? 0 : export.billedSizeBytes());
      case FAILED ->
          new ExportStatus.Failed(
              told(export.failureCode(), "no code"), told(export.failureMessage(), "no message"));
      default ->
          throw new ExportException(
              Kind.UNAVAILABLE,
              "Export "
                  + export.exportArn()
                  + " has the unknown status "
                  + export.exportStatusAsString()
                  + "; use a newer version");
    };
  }

  /** Exports that are older than incremental ones have no type. */
  static ExportType type(@Nullable ExportType type) {
    return type == null ? ExportType.FULL_EXPORT : type;
  }

  static ExportType type(Window window) {
    return window instanceof Window.Full ? ExportType.FULL_EXPORT : ExportType.INCREMENTAL_EXPORT;
  }

  /** Whether it serves the request; one in another format does not. */
  static boolean isOf(ExportRequest request, ExportDescription export) {
    return request.tableArn().equals(export.tableArn())
        && request.place().bucket().equals(export.s3Bucket())
        && request.place().prefix().equals(told(export.s3Prefix(), ""))
        && export.exportFormat() == ExportFormat.DYNAMODB_JSON
        && isOf(request.window(), export);
  }

  private static boolean isOf(Window window, ExportDescription export) {
    if (window instanceof Window.Full full) {
      return type(export.exportType()) == ExportType.FULL_EXPORT
          && full.at().equals(export.exportTime());
    }
    Window.Incremental span = (Window.Incremental) window;
    IncrementalExportSpecification told = export.incrementalExportSpecification();
    return told != null
        && span.from().equals(told.exportFromTime())
        && span.to().equals(told.exportToTime());
  }

  private static ObjectKey manifest(ExportDescription export) {
    if (export.exportManifest() == null) {
      throw new ExportException(
          Kind.UNAVAILABLE,
          "Export " + export.exportArn() + " is complete but has no manifest; ask again later");
    }
    return new ObjectKey(export.exportManifest());
  }

  private static Instant shown(ExportDescription export) {
    IncrementalExportSpecification span = export.incrementalExportSpecification();
    return span == null ? export.exportTime() : span.exportToTime();
  }

  private static String told(@Nullable String text, String otherwise) {
    return text == null ? otherwise : text;
  }
}
