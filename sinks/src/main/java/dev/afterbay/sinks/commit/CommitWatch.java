package dev.afterbay.sinks.commit;

/** Is told how one commit goes on. Must return at once and never throw. */
public interface CommitWatch {
  /** Watches nothing. */
  CommitWatch NONE =
      new CommitWatch() {
        @Override
        public void enters(CommitPhase phase) {}

        @Override
        public void ends(Outcome outcome) {}

        @Override
        public void fails(RuntimeException failure) {}
      };

  /** The commit comes to a phase, or goes on with it. */
  void enters(CommitPhase phase);

  /** The commit is over. */
  void ends(Outcome outcome);

  /** The commit is over, in a way that nobody foresaw. */
  void fails(RuntimeException failure);
}
