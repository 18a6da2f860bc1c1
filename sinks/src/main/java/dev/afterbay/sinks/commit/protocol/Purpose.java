package dev.afterbay.sinks.commit.protocol;

/** Why an entry is published, and so what follows. */
enum Purpose {
  /** It is the one that we committed. */
  OURS {
    @Override
    Verdict published(Entry entry) {
      return new Verdict.Committed(entry);
    }
  },
  /** It is a rewind that is in the log, and we complete it. */
  REWINDING {
    @Override
    Verdict published(Entry entry) {
      return new Verdict.Committed(entry);
    }

    @Override
    Step rewound(Publication progress) {
      return SetAside.firstOf(progress);
    }
  },
  /** It ends a log that another writer carried on. */
  THEIRS {
    @Override
    Verdict published(Entry entry) {
      return new Verdict.Superseded(entry);
    }
  },
  /** It ends a log that is opened. */
  RECOVERY {
    @Override
    Verdict published(Entry entry) {
      return new Verdict.Recovered(entry);
    }

    @Override
    Step rewound(Publication progress) {
      return new FindNote(
          progress,
          Verdict.Halt.REWOUND,
          "'afterbay replay' was begun and has not come to its end; run it again");
    }
  },
  /** It ends the parent's log of a shard that is opened. */
  INHERITANCE {
    @Override
    Verdict published(Entry entry) {
      return new Verdict.Inherited(entry);
    }
  };

  abstract Verdict published(Entry entry);

  /** What follows if the entry is a rewind. */
  Step rewound(Publication progress) {
    return published(progress.entry());
  }
}
