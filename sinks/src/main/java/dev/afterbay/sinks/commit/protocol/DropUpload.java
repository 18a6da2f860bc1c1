package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.sinks.segment.StagedFile;

/**
 * Abort one of our own uploads, because another's entry stands where ours should.
 *
 * @param ours the entry that lost
 * @param index of the file, from 0
 */
public record DropUpload(Entry ours, int index) implements Step {
  static Step firstOf(Entry ours) {
    return at(ours, 0);
  }

  /** The file whose upload is to be aborted. */
  public StagedFile file() {
    return ours.files().get(index);
  }

  /** The step that follows, whatever the store answered: what stays is invisible. */
  public Step next() {
    return at(ours, index + 1);
  }

  private static Step at(Entry ours, int index) {
    return index < ours.files().size() ? new DropUpload(ours, index) : FindLast.afterLosing(ours);
  }
}
