package dev.afterbay.reconciliation.heal;

/** What a healed gap has lost for good, in a sentence. */
final class Lost {
  private Lost() {}

  static String sentence(long uncertain, int windows) {
    StringBuilder lost =
        new StringBuilder(
            "Of each item only what it was at the end of the gap is known, not what it was in"
                + " between, nor whether a removal was by TTL");
    if (windows > 1) {
      lost.append("; of ")
          .append(windows)
          .append(" exports in a row the last that names it counts");
    }
    if (uncertain > 0) {
      lost.append("; ")
          .append(uncertain)
          .append(uncertain == 1 ? " key" : " keys")
          .append(" to be settled by an audit");
    }
    return lost.toString();
  }
}
