package dev.afterbay.consumer.cli;

import dev.afterbay.reconciliation.audit.AuditProgress;
import dev.afterbay.reconciliation.export.DataFile;
import dev.afterbay.reconciliation.export.ExportProgress;
import dev.afterbay.reconciliation.export.ExportStatus;
import dev.afterbay.transforms.change.TableName;
import java.io.PrintWriter;
import java.time.Instant;

/** Tells on stderr, line by line, how an audit comes along. */
final class AuditLines implements AuditProgress, AutoCloseable {
  private final PrintWriter err;

  AuditLines(PrintWriter err) {
    this.err = err;
  }

  void begin(TableName table, Instant at) {
    say("Audit of table '" + table + "' at " + at);
  }

  @Override
  public ExportProgress export() {
    return new ExportProgress() {
      @Override
      public void started(String exportArn) {
        say("  export " + exportArn);
      }

      @Override
      public void resumed(String exportArn) {
        say("  export " + exportArn + ", asked for before");
      }

      @Override
      public void polled(String exportArn, ExportStatus status) {}

      @Override
      public void read(DataFile file, int number, int files, long bytes) {
        say("  read file " + number + " of " + files);
      }
    };
  }

  @Override
  public void behind(String where) {
    say("  waiting for the lake: " + where);
  }

  private void say(String line) {
    err.println(line);
    err.flush();
  }

  @Override
  public void close() {
    err.flush();
  }
}
