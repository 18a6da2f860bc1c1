package dev.afterbay.sinks.commit;

/** Why a log cannot go on, sorted by what the caller may do. */
public enum Halt {
  /** The segment could not be staged: nothing is committed. Open the log again, some time later. */
  NOT_STAGED,
  /**
   * The store gave no answer, so the segment may or may not be committed; nothing was deleted. Open
   * the log again, some time later: that tells.
   */
  UNCERTAIN,
  /**
   * The log was rewound, or is about to be: what is held does not follow from it any more, and
   * nothing of it is in the lake. Open the log again, some time later.
   */
  REWOUND,
  /**
   * The log or a file of it is not as the protocol leaves it; nothing was deleted. Opening it again
   * says the same until a person has looked.
   */
  DAMAGED
}
