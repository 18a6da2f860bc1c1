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
  },
  /** It ends the parent's log of a shard that is opened. */
  INHERITANCE {
    @Override
    Verdict published(Entry entry) {
      return new Verdict.Inherited(entry);
    }
  };

  abstract Verdict published(Entry entry);
}
