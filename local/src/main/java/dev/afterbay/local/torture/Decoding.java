package dev.afterbay.local.torture;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** How the workers decode stream records. */
public enum Decoding {
  /** All as shipped. */
  LEAN,
  /** All by the SDK's objects. */
  REFERENCE,
  /** Each worker otherwise than the one before. */
  MIXED;

  /** Its name on a command line. */
  public String title() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The one of that name. */
  public static Optional<Decoding> titled(String title) {
    return Arrays.stream(values()).filter(decoding -> decoding.title().equals(title)).findFirst();
  }

  /** What the n-th worker's configuration says, counted from 0. */
  String ofWorker(int worker) {
    boolean reference = this == REFERENCE || this == MIXED && worker % 2 == 1;
    return reference ? REFERENCE.title() : LEAN.title();
  }
}
