package dev.afterbay.local.stream;

/** What whoever reads a scripted stream gets of the records that stand in it. */
public enum Giving {
  /** All of them. */
  ALL,
  /** Those whose time has come, by the stream's clock: so a script can be written beforehand. */
  DUE,
  /** None: empty pages, as of a table without writes. */
  NONE
}
