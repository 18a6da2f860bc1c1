package dev.afterbay.sinks.derive;

/** Is told how a derivation goes on, by the thread that does it. */
public interface DeriveProgress {
  /** Nobody looks. */
  DeriveProgress NONE =
      new DeriveProgress() {
        @Override
        public void expect(long commits) {}

        @Override
        public void lookedAt(long commits) {}
      };

  /** So many commits are to be looked at in this pass. */
  void expect(long commits);

  /** So many more were. */
  void lookedAt(long commits);
}
