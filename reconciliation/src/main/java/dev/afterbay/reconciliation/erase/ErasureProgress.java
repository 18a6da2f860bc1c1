package dev.afterbay.reconciliation.erase;

/** Who wants to hear how an erasure comes along. */
public interface ErasureProgress {
  /**
   * Files are about to be searched.
   *
   * @param files how many
   */
  void searching(long files);

  /** Some of them were. */
  void searched(long files);

  /** A file was written anew. */
  void rewrote(String path, long rows);
}
