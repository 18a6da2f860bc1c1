package dev.afterbay.reconciliation.audit;

import dev.afterbay.reconciliation.export.ExportProgress;

/** Who wants to hear how an audit comes along. */
public interface AuditProgress {
  /** The export's part of it. */
  ExportProgress export();

  /** The lake is not past the moment yet. */
  void behind(String where);

  /** Nobody. */
  static AuditProgress none() {
    return new AuditProgress() {
      @Override
      public ExportProgress export() {
        return ExportProgress.none();
      }

      @Override
      public void behind(String where) {}
    };
  }
}
