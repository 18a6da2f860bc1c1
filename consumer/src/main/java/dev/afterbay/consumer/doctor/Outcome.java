package dev.afterbay.consumer.doctor;

import java.util.Optional;

/** A check's verdict, with what it found and the way out. */
record Outcome(Verdict verdict, String found, Optional<String> fix) {
  private static final String WAY_OUT = "; ";

  static Outcome ok(String found) {
    return new Outcome(Verdict.OK, found, Optional.empty());
  }

  static Outcome warn(String found, String fix) {
    return new Outcome(Verdict.WARN, found, Optional.of(fix));
  }

  static Outcome failed(String found, String fix) {
    return new Outcome(Verdict.FAILED, found, Optional.of(fix));
  }

  static Outcome skipped(String why) {
    return new Outcome(Verdict.SKIPPED, why, Optional.empty());
  }

  /** A failure whose sentences say what, and after a semicolon the way out, as all of ours do. */
  static Outcome failed(String sentences) {
    String text = String.join(" ", sentences.lines().toList());
    int cut = text.indexOf(WAY_OUT);
    return cut < 0
        ? new Outcome(Verdict.FAILED, text, Optional.empty())
        : failed(text.substring(0, cut), text.substring(cut + WAY_OUT.length()));
  }
}
