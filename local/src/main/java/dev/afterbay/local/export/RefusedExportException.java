package dev.afterbay.local.export;

/** A call that is answered with an error of DynamoDB. */
final class RefusedExportException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String type;

  RefusedExportException(String type, String message) {
    super(message, null, false, false);
    this.type = type;
  }

  static RefusedExportException invalid(String message) {
    return new RefusedExportException("ValidationException", message);
  }

  static RefusedExportException noTable(String named) {
    return new RefusedExportException("TableNotFoundException", "Table not found: " + named);
  }

  String type() {
    return type;
  }
}
