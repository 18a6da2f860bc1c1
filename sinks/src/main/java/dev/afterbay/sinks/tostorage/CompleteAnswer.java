package dev.afterbay.sinks.tostorage;

/** What is known after asking for a multipart upload to be completed. */
public sealed interface CompleteAnswer {
  /** The object stands under its key. */
  record Completed() implements CompleteAnswer {}

  /** The store has no such upload: it was completed or aborted before. */
  record NoSuchUpload() implements CompleteAnswer {}

  /**
   * The request may have been applied, may be applied later, or never.
   *
   * @param why what the store or the network said
   */
  record Unknown(String why) implements CompleteAnswer {}
}
