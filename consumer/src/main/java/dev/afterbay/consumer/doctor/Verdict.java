package dev.afterbay.consumer.doctor;

import java.util.Locale;

/** What a check comes to. */
public enum Verdict {
  /** As it should be. */
  OK,
  /** The service runs, but something should be otherwise. */
  WARN,
  /** The service does not run, or not as it is configured. */
  FAILED,
  /** Not looked at: it does not apply, or a check before it failed. */
  SKIPPED;

  /** The word in lower case. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
