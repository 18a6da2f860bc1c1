package dev.afterbay.sinks.tostorage;

/** What is known after asking for an object to be put where none stands. */
public sealed interface PutAnswer {
  /** The object was put by this request. */
  record Created() implements PutAnswer {}

  /** An object stands there already; it may be an earlier attempt of the same request. */
  record Occupied() implements PutAnswer {}

  /**
   * The request may have been applied, may be applied later, or never.
   *
   * @param why what the store or the network said
   */
  record Unknown(String why) implements PutAnswer {}
}
