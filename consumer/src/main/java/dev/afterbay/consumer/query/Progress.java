package dev.afterbay.consumer.query;

/** Is told how the mirroring of the lake goes on; called from several threads. */
public interface Progress {
  /** Tells nobody. */
  Progress SILENT =
      new Progress() {
        @Override
        public void expect(long files, long bytes) {}

        @Override
        public void arrived(long bytes) {}
      };

  /** How much is missing here; called before anything arrives, and not if nothing is missing. */
  void expect(long files, long bytes);

  /** So many more bytes are here. */
  void arrived(long bytes);
}
