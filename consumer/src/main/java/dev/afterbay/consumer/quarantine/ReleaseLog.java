package dev.afterbay.consumer.quarantine;

import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.sinks.commit.LogEntries;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Observed;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.util.ArrayList;
import java.util.List;

/**
 * The log of what came out of a table's quarantine, one for each stream. It looks like that of a
 * shard, whose positions are a plain count and which never ends.
 *
 * @param entries from its start, as far as it went when it was read
 */
record ReleaseLog(List<Entry> entries) {
  private static final ShardId NAME = new ShardId("quarantine");

  /** The name under which it stands. */
  static StreamShard nameOf(TableName table, StreamLabel stream) {
    return new StreamShard(table, stream, NAME);
  }

  /**
   * Reads a log and changes nothing.
   *
   * @throws Failure if an entry cannot be read
   */
  static ReleaseLog read(LogEntries log, StreamShard name) {
    List<Entry> entries = new ArrayList<>();
    SequenceNumber end = Entry.START;
    Observed<Entry> seen = log.read(name, end);
    while (seen instanceof Observed.Present<Entry> present) {
      entries.add(present.value());
      end = present.value().last();
      seen = log.read(name, end);
    }
    if (seen instanceof Observed.Unreadable<Entry> unreadable) {
      throw new Failure("The log of " + name + " is damaged: " + unreadable.why() + "; run fsck");
    }
    if (seen instanceof Observed.Unanswered<Entry> unanswered) {
      throw new Failure("The log of " + name + " cannot be read now: " + unanswered.why());
    }
    return new ReleaseLog(List.copyOf(entries));
  }

  /** Where it ends. */
  SequenceNumber end() {
    return entries.isEmpty() ? Entry.START : entries.get(entries.size() - 1).last();
  }

  /** How many records came out. */
  long records() {
    return entries.stream().mapToLong(Entry::records).sum();
  }

  /** Where they went. */
  List<StagedFile> files() {
    return entries.stream().flatMap(entry -> entry.files().stream()).toList();
  }
}
