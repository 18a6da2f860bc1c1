package dev.afterbay.transforms.typed;

/** What a column can hold of a value. */
public sealed interface Fit {
  /** All of it: the value comes back exactly. */
  record Exact(Object content) implements Fit {}

  /** Its meaning; the value that comes back has another spelling. */
  record Respelled(Object content) implements Fit {}

  /** Nothing. */
  record Misfit(Reason reason) implements Fit {}
}
