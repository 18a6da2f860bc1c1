package dev.afterbay.sinks.check;

import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.derive.DeriveLog;
import dev.afterbay.sinks.derive.RawPart;
import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.generations.Generations;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Whether rederived tables have all that the logs say: each entry was written with the table, or
 * its rows were derived.
 */
final class GenerationCheck {
  private final Lake lake;
  private final TableLog log;
  private final TableLog later;

  /**
   * A check of a table's rederived tables.
   *
   * @param log whose entries are checked, read after the generations' notes
   * @param later the same log, read later
   */
  GenerationCheck(Lake lake, TableLog log, TableLog later) {
    this.lake = lake;
    this.log = log;
    this.later = later;
  }

  List<Finding> findings(Map<String, Generations> generations) {
    List<Finding> findings = new ArrayList<>();
    for (Generations each : generations.values()) {
      // What the first one lacks began before it, or was written by a worker without the entity.
      each.current()
          .filter(current -> current.number() > 1)
          .ifPresent(current -> check(current, findings));
    }
    return findings;
  }

  private void check(Generation current, List<Finding> findings) {
    log.shards()
        .forEach(
            (shard, entries) -> {
              if (!DeriveLog.is(shard.shard())) {
                SequenceNumber derived = derived(shard, current);
                entries.stream()
                    .filter(entry -> new RawPart(lake, entry).isMissing(current.folder(), derived))
                    .forEach(entry -> findings.add(missing(entry, current)));
              }
            });
  }

  private SequenceNumber derived(StreamShard source, Generation current) {
    List<Entry> entries = later.shards().get(DeriveLog.nameOf(source, current.folder()));
    return entries == null ? Entry.START : entries.get(entries.size() - 1).last();
  }

  private Finding missing(Entry entry, Generation current) {
    return new Finding(
        Damage.NOT_DERIVED,
        lake.commit(entry.place()),
        "it was written without generation "
            + current.number()
            + " of '"
            + current.entity()
            + "', which lacks its rows; run 'afterbay rederive --entity "
            + current.entity()
            + "' once more");
  }
}
