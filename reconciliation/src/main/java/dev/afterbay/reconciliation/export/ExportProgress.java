package dev.afterbay.reconciliation.export;

/** Who wants to hear how an export comes along. */
public interface ExportProgress {
  /** DynamoDB was asked for a new export. */
  void started(String exportArn);

  /** An export that was asked for before will do. */
  void resumed(String exportArn);

  /** DynamoDB was asked how far the export is. */
  void polled(String exportArn, ExportStatus status);

  /**
   * A file was read to its end.
   *
   * @param number of the file, 1 for the first
   * @param files how many there are
   * @param bytes of the file, compressed
   */
  void read(DataFile file, int number, int files, long bytes);

  /** Nobody. */
  static ExportProgress none() {
    return new ExportProgress() {
      @Override
      public void started(String exportArn) {}

      @Override
      public void resumed(String exportArn) {}

      @Override
      public void polled(String exportArn, ExportStatus status) {}

      @Override
      public void read(DataFile file, int number, int files, long bytes) {}
    };
  }
}
