package dev.afterbay.sinks.commit.protocol;

import dev.afterbay.sinks.segment.StagedFile;

/**
 * How far an entry is published.
 *
 * @param entry that is committed
 * @param index of the first file that may be invisible
 * @param purpose what follows when all are visible
 */
record Publication(Entry entry, int index, Purpose purpose) {
  StagedFile file() {
    return entry.files().get(index);
  }

  Publication next() {
    return new Publication(entry, index + 1, purpose);
  }

  Step step() {
    if (index < entry.files().size()) {
      return new CompleteFile(this);
    }
    if (entry.rewind().isPresent()) {
      return purpose.rewound(this);
    }
    return entry.gap().isPresent() ? new PutNote(this) : purpose.published(entry);
  }
}
