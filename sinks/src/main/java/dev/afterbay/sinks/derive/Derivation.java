package dev.afterbay.sinks.derive;

import dev.afterbay.sinks.commit.CommitLog;
import dev.afterbay.sinks.commit.ShardLog;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.generations.Generation;
import dev.afterbay.sinks.rows.GenerationRows;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Lake.CommitPlace;
import dev.afterbay.sinks.segment.LakeException;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.toavro.ChangesTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Brings into one generation what the entries of the logs hold that were written without it.
 *
 * <p>Exactly once: whether an entry was written with the generation, the entry itself says. Of the
 * others, each log's {@link DeriveLog} has what is derived, in the order of that log: (1) open it,
 * it stands at P; (2) read the raw rows after P of the entries that were written without the
 * generation; (3) commit their rows after P. Of two processes that read the same P, the store lets
 * one through. Not safe for use by several threads.
 */
public final class Derivation {
  /** Each loss is another's progress; so many in a row are no accident. */
  private static final int MOST_ATTEMPTS = 20;

  private final CommitLog logs;
  private final Generation generation;
  private final SourceLogs sources;
  private final LogDerivation deriving;

  /**
   * The derivation of one generation.
   *
   * @param logs to commit to, of the same lake
   * @param scratch a folder of this process
   * @param raw the source table's raw changes
   * @param reader of their files
   * @param rows makes the generation's rows
   * @param limits when a segment is committed
   */
  public Derivation(
      ObjectStore store,
      Lake lake,
      CommitLog logs,
      Path scratch,
      Generation generation,
      ChangesTable raw,
      RawReader reader,
      GenerationRows rows,
      DeriveLimits limits) {
    this.logs = logs;
    this.generation = generation;
    this.sources = new SourceLogs(store, lake, generation.table(), generation.folder());
    this.deriving =
        new LogDerivation(
            sources,
            new RawFiles(store, scratch, raw.schema(), reader),
            rows,
            limits,
            generation.folder(),
            this::publish);
  }

  /**
   * Looks at every log once, and derives what is missing.
   *
   * @param mine the logs to derive; others are left to other tasks
   * @return how many raw rows were looked at
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer
   * @throws LakeException if the lake is not as it must be
   */
  public long pass(Predicate<StreamShard> mine, DeriveProgress progress) {
    Map<StreamShard, List<CommitPlace>> all = sources.list();
    all.keySet().removeIf(mine.negate());
    progress.expect(all.values().stream().mapToLong(List::size).sum());
    long rows = 0;
    for (Map.Entry<StreamShard, List<CommitPlace>> source : all.entrySet()) {
      rows += derive(source.getKey(), source.getValue());
      progress.lookedAt(source.getValue().size());
    }
    return rows;
  }

  /**
   * The logs of which the generation lacks something. What is derived is visible afterwards.
   *
   * @throws dev.afterbay.sinks.tostorage.ObjectStoreException if the store gives no answer
   * @throws LakeException if the lake is not as it must be
   */
  public List<StreamShard> incomplete() {
    List<StreamShard> incomplete = new ArrayList<>();
    sources
        .list()
        .forEach(
            (source, places) -> {
              SequenceNumber derived = position(open(derivedOf(source)));
              for (CommitPlace place : sources.open(places, derived)) {
                if (sources.read(place).isMissing(generation.folder(), derived)) {
                  incomplete.add(source);
                  return;
                }
              }
            });
    return incomplete;
  }

  private long derive(StreamShard source, List<CommitPlace> places) {
    long rows = 0;
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      ShardLog log = open(derivedOf(source));
      LogDerivation.Result result = deriving.run(log, sources.open(places, position(log)));
      rows += result.rows();
      if (result.isThrough()) {
        return rows;
      }
    }
    throw new LakeException(
        "Other processes derive "
            + generation.folder()
            + " of "
            + source
            + " at the same time; let them finish, then repeat the command");
  }

  private StreamShard derivedOf(StreamShard source) {
    return DeriveLog.nameOf(source, generation.folder());
  }

  private static SequenceNumber position(ShardLog log) {
    return log.cursor().position().orElse(Entry.START);
  }

  /** Makes visible what a log names, whoever committed it. */
  private void publish(StreamShard source) {
    ShardLog unused = open(source);
  }

  private ShardLog open(StreamShard name) {
    return logs.open(name)
        .orRefuse(name, "; repeat the command, and if that does not help, run fsck");
  }
}
