package dev.afterbay.reconciliation.export;

import dev.afterbay.reconciliation.export.ExportException.Kind;
import dev.afterbay.sinks.tostorage.ObjectKey;

/** The sentences about files that are not what they should be. */
final class Damage {
  private static final String WAY_OUT =
      "; the export is of no use: delete its manifest-summary.json, and the next run asks for"
          + " another";

  private Damage() {}

  /** The file is there but wrong. */
  static ExportException of(ObjectKey file, String wrong) {
    return new ExportException(Kind.DAMAGED, "Export file '" + file + "' " + wrong + WAY_OUT);
  }

  /** The file is there but wrong; the cause tells nothing of its content. */
  static ExportException of(ObjectKey file, String wrong, Throwable cause) {
    return new ExportException(
        Kind.DAMAGED, "Export file '" + file + "' " + wrong + WAY_OUT, cause);
  }

  /** The file is not there. */
  static ExportException missing(ObjectKey file) {
    return of(file, "is missing");
  }

  /** The file's MD5 is another one. */
  static ExportException checksum(ObjectKey file, String told, String found) {
    return of(file, "has the MD5 " + found + " where " + told + " is told");
  }
}
