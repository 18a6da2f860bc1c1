package dev.afterbay.sinks.derive;

import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.transforms.change.SequenceNumber;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an entry of a log has for generations to be derived from: its files of raw changes and raw
 * snapshots, in the order of their rows.
 */
public final class RawPart {
  private static final Pattern RANGE =
      Pattern.compile(".*-[0-9]{40}-([0-9]{40})-[^/]*\\.parquet", Pattern.DOTALL);

  private final Entry entry;
  private final List<StagedFile> changes = new ArrayList<>();
  private final List<StagedFile> snapshots = new ArrayList<>();

  /** The raw part of an entry. */
  public RawPart(Lake lake, Entry entry) {
    this.entry = entry;
    String data = lake.data(entry.shard().table());
    for (StagedFile file : entry.files()) {
      if (file.key().value().startsWith(data + LakeTable.CHANGES + "/")) {
        changes.add(file);
      } else if (file.key().value().startsWith(data + LakeTable.SNAPSHOTS + "/")) {
        snapshots.add(file);
      }
    }
  }

  /** The entry. */
  Entry entry() {
    return entry;
  }

  List<StagedFile> files() {
    List<StagedFile> files = new ArrayList<>(changes);
    files.addAll(snapshots);
    return files;
  }

  /**
   * Whether the writer of the entry did not look at its records for a generation: so the generation
   * must have them by derivation.
   *
   * @param folder of the generation's changes
   */
  boolean isWrittenWithout(String folder) {
    return !changes.isEmpty() && !entry.schemas().containsKey(folder)
        || !snapshots.isEmpty()
            && !entry.schemas().containsKey(folder + LakeTable.SNAPSHOTS_ENDING);
  }

  /**
   * Whether a generation lacks rows of it.
   *
   * @param folder of the generation's changes
   * @param derived where the generation's log of this log stands; {@link Entry#START} without one
   */
  public boolean isMissing(String folder, SequenceNumber derived) {
    return isWrittenWithout(folder) && last().filter(last -> last.isAfter(derived)).isPresent();
  }

  /**
   * The position of a raw row in a derived log. In the log of a shard it is the record's own; in
   * others, whose positions are a count, it is counted along the rows.
   *
   * @param number of the row in this entry, from 1
   * @param sequenceNumber that the row bears
   */
  SequenceNumber position(long number, SequenceNumber sequenceNumber) {
    return entry.shard().shard().ofStream() ? sequenceNumber : counted(number);
  }

  /** The position of its last raw row; empty if it has none. */
  Optional<SequenceNumber> last() {
    if (entry.shard().shard().ofStream()) {
      return files().stream().map(RawPart::lastOf).max(SequenceNumber::compareTo);
    }
    long rows = files().stream().mapToLong(StagedFile::rows).sum();
    return rows == 0 ? Optional.empty() : Optional.of(counted(rows));
  }

  private SequenceNumber counted(long number) {
    return SequenceNumber.parse(
        new BigInteger(entry.after().padded()).add(BigInteger.valueOf(number)).toString());
  }

  /** The name of a file tells its range. */
  private static SequenceNumber lastOf(StagedFile file) {
    Matcher name = RANGE.matcher(file.key().value());
    if (!name.matches()) {
      throw new IllegalArgumentException(
          "The name of the file '" + file.key() + "' does not tell which records it holds");
    }
    return new SequenceNumber(name.group(1));
  }
}
