package dev.afterbay.reconciliation.restore;

/** Who wants to hear how a restore comes along. */
public interface RestoreProgress {
  /** The files of the lake are read. */
  void reading();

  /**
   * The table is read, to see what it lacks or to verify it.
   *
   * @param items that it should hold
   */
  void comparing(long items);

  /** One item of the table was read. */
  void compared();

  /**
   * Items are about to be written.
   *
   * @param items how many
   */
  void writing(long items);

  /** Some of them are written. Called by several threads. */
  void wrote(long items);

  /** Nobody. */
  static RestoreProgress none() {
    return new RestoreProgress() {
      @Override
      public void reading() {}

      @Override
      public void comparing(long items) {}

      @Override
      public void compared() {}

      @Override
      public void writing(long items) {}

      @Override
      public void wrote(long items) {}
    };
  }
}
