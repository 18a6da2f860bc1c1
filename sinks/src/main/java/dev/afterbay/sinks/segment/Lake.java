package dev.afterbay.sinks.segment;

import dev.afterbay.sinks.segment.LakeTable.Partitioning;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Where everything lies in the bucket.
 *
 * @param prefix of every key, without a slash at either end; empty if the lake is the whole bucket
 */
public record Lake(String prefix) {
  private static final String COMMITS = "_afterbay/commits/";
  private static final String REWINDS = "_afterbay/rewinds/";
  private static final String REMADE = "_afterbay/remade/";
  private static final String ERASED = "_afterbay/erased/";
  private static final String ERASURES = "_afterbay/erasures/";
  private static final String REWOUND = "_afterbay/rewound/";
  private static final Pattern EPOCH = Pattern.compile("e([0-9]{6})");
  private static final String GAPS = "_afterbay/gaps/";
  private static final String STREAMS = "_afterbay/streams/";
  private static final String SETTLED = "_afterbay/settled/";
  private static final String STARTS = "_afterbay/starts/";
  private static final String SCHEMAS = "_afterbay/schemas/";
  private static final String SNAPSHOTS = "_afterbay/snapshots/";
  private static final String GENERATIONS = "_afterbay/generations/";
  private static final String BEGUN = ".begun";
  private static final String AUDITS = "_afterbay/audits/";
  private static final String RESTORES = "_afterbay/restores/";
  private static final String COMPARISONS = "_afterbay/comparisons/";
  private static final String WATERMARKS = "_afterbay/watermarks/";
  private static final String JSON = ".json";
  private static final String AVSC = ".avsc";
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("'dt='uuuu-MM-dd").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter MOMENT =
      DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter HOUR =
      DateTimeFormatter.ofPattern("'dt='uuuu-MM-dd'/hh='HH").withZone(ZoneOffset.UTC);

  /** Checks that the prefix can stand in a key. */
  public Lake {
    if (!prefix.isEmpty()) {
      prefix = new ObjectKey(prefix).value();
    }
  }

  /**
   * Which commit a key of the log stands for.
   *
   * @param shard whose log it is in
   * @param epoch how often the log was rewound before it
   * @param after the position that the commit starts after
   */
  public record CommitPlace(StreamShard shard, int epoch, SequenceNumber after) {}

  /** The prefix of the commit log of a table, all streams and shards. */
  public String commits(TableName table) {
    return resolve(COMMITS + table.folder() + "/");
  }

  /** The prefix of the commit log of a shard. */
  public String commits(StreamShard shard) {
    return commits(shard.table()) + shard.stream() + "/" + shard.shard() + "/";
  }

  /** The key of the commit that starts after a position in a log that was never rewound. */
  public ObjectKey commit(StreamShard shard, SequenceNumber after) {
    return commit(new CommitPlace(shard, 0, after));
  }

  /** The key of a commit. Keys of later epochs come after those of earlier ones. */
  public ObjectKey commit(CommitPlace place) {
    return new ObjectKey(beforeCommit(place) + JSON);
  }

  /** The greatest text before the key of a commit and after those of all earlier ones. */
  public String beforeCommit(CommitPlace place) {
    String epoch = place.epoch() == 0 ? "" : epoch(place.epoch()) + "/";
    return commits(place.shard()) + epoch + place.after().padded();
  }

  /** The prefix of the notes of all rewinds of a table's logs that are complete. */
  public String rewinds(TableName table) {
    return resolve(REWINDS + table.folder() + "/");
  }

  /**
   * The key of the note that a rewind is complete.
   *
   * @param epoch that began with it
   */
  public ObjectKey rewind(StreamShard shard, int epoch) {
    return new ObjectKey(
        rewinds(shard.table()) + shard.stream() + "/" + shard.shard() + "/" + epoch(epoch) + JSON);
  }

  /**
   * Where a file lies that a rewind set aside.
   *
   * @param epoch that began with the rewind
   * @param file where it was visible
   */
  public ObjectKey rewound(StreamShard shard, int epoch, ObjectKey file) {
    return new ObjectKey(
        rewound(shard.table())
            + shard.stream()
            + "/"
            + shard.shard()
            + "/"
            + epoch(epoch)
            + "/"
            + pathOf(file));
  }

  /** The prefix of all files of a table that rewinds set aside. */
  public String rewound(TableName table) {
    return resolve(REWOUND + table.folder() + "/");
  }

  /** The prefix of the notes of what erasures left of a file. */
  public String erased(ObjectKey file) {
    return resolve(ERASED + pathOf(file) + "/");
  }

  /** The key of the note of what an erasure left of a file. */
  public ObjectKey erased(ObjectKey file, String erasure) {
    return new ObjectKey(erased(file) + erasure + JSON);
  }

  /** The key of the record of an erasure. */
  public ObjectKey erasure(TableName table, String erasure) {
    return new ObjectKey(resolve(ERASURES + table.folder() + "/" + erasure + JSON));
  }

  /** The key of the note of a committed file that was made once more. */
  public ObjectKey remade(ObjectKey file) {
    return new ObjectKey(resolve(REMADE + pathOf(file) + JSON));
  }

  private static String epoch(int epoch) {
    return "e%06d".formatted(epoch);
  }

  /** The prefix of all objects that tell of a table's gaps. */
  public String gaps(TableName table) {
    return resolve(GAPS + table.folder() + "/");
  }

  /** The key of the object that tells of the gap after a position. */
  public ObjectKey gap(StreamShard shard, SequenceNumber after) {
    return new ObjectKey(
        gaps(shard.table()) + shard.stream() + "/" + shard.shard() + "/" + after.padded() + JSON);
  }

  /** The name of a moment, to the second, such as {@code 20261121T050000Z}; sorts by time. */
  public static String moment(Instant time) {
    return MOMENT.format(time);
  }

  /**
   * The moment that a name stands for.
   *
   * @throws java.time.DateTimeException if the name is none of a moment
   */
  public static Instant momentOf(String name) {
    return MOMENT.parse(name, Instant::from);
  }

  /** The prefix of the notes of all snapshots of a table that are complete. */
  public String snapshots(TableName table) {
    return resolve(SNAPSHOTS + table.folder() + "/");
  }

  /** The key of the note that a table's snapshot of a moment is complete. */
  public ObjectKey snapshot(TableName table, Instant exportedAt) {
    return new ObjectKey(snapshots(table) + moment(exportedAt) + JSON);
  }

  /** The key of the note of which export a table's snapshot of a moment is made of. */
  public ObjectKey snapshotBegun(TableName table, Instant exportedAt) {
    return new ObjectKey(snapshots(table) + moment(exportedAt) + BEGUN + JSON);
  }

  /** The prefix of the summaries of a table's audits. */
  public String audits(TableName table) {
    return resolve(AUDITS + table.folder() + "/");
  }

  /** The key of the summary of the audit of a table at a moment. */
  public ObjectKey audit(TableName table, Instant at) {
    return new ObjectKey(audits(table) + moment(at) + JSON);
  }

  /**
   * The prefix of what comparisons of a table with its exports leave behind: nobody needs it
   * afterwards, and no table of the lake has it.
   */
  public String comparisons(TableName table) {
    return resolve(COMPARISONS + table.folder() + "/");
  }

  /** The key of the note that a table is being filled with the state of another one. */
  public ObjectKey restore(TableName table, String target, String id) {
    return new ObjectKey(
        resolve(RESTORES + table.folder() + "/" + target + "/" + id + BEGUN + JSON));
  }

  /** The key of the note that a table was verified to hold the state of another one. */
  public ObjectKey restored(TableName table, String target, String id) {
    return new ObjectKey(resolve(RESTORES + table.folder() + "/" + target + "/" + id + JSON));
  }

  /** The prefix of the notes up to when the shards of a table were read through. */
  public String watermarks(TableName table) {
    return resolve(WATERMARKS + table.folder() + "/");
  }

  /**
   * The key of the note up to when a shard was read through.
   *
   * @param epoch of its log
   */
  public ObjectKey watermark(StreamShard shard, int epoch) {
    String shards = watermarks(shard.table()) + shard.stream() + "/" + shard.shard();
    return new ObjectKey(shards + (epoch == 0 ? "" : "." + epoch(epoch)) + JSON);
  }

  /** The prefix of the notes of all streams that a table ever had. */
  public String streams(TableName table) {
    return resolve(STREAMS + table.folder() + "/");
  }

  /** The prefix of the notes up to which shard all logs of a stream have ended. */
  public String settled(TableName table, StreamLabel stream) {
    return resolve(SETTLED + table.folder() + "/" + stream + "/");
  }

  /** The key of the note of when and where the reading of a stream began. */
  public ObjectKey stream(TableName table, StreamLabel stream) {
    return new ObjectKey(streams(table) + stream + JSON);
  }

  /** The prefix of all versions of a typed table's schema. */
  public String schemas(TableName table, String entity) {
    return resolve(SCHEMAS + table.folder() + "/" + entity + "/");
  }

  /**
   * The key of one version of a typed table's schema; the keys are in the order of the versions.
   */
  public ObjectKey schema(TableName table, String entity, int version) {
    return new ObjectKey(schemas(table, entity) + "%06d".formatted(version) + AVSC);
  }

  /** The version that a key stands for; empty if it is none of this typed table's schemas. */
  public OptionalInt schemaVersion(TableName table, String entity, ObjectKey key) {
    String prefix = schemas(table, entity);
    String name = key.value().startsWith(prefix) ? key.value().substring(prefix.length()) : "";
    return name.matches("[0-9]{6}\\.avsc")
        ? OptionalInt.of(Integer.parseInt(name.substring(0, 6)))
        : OptionalInt.empty();
  }

  /** The prefix of the notes of all generations of a source table's typed tables. */
  public String generations(TableName table) {
    return resolve(GENERATIONS + table.folder() + "/");
  }

  /**
   * The key of one note of a generation.
   *
   * @param what the note says, such as {@code current}; empty for the generation's own
   */
  public ObjectKey generation(TableName table, String entity, int number, String what) {
    String name = "%06d".formatted(number) + (what.isEmpty() ? "" : "." + what);
    return new ObjectKey(generations(table) + entity + "/" + name + JSON);
  }

  /** The commit that a key stands for; empty if it is not a key of this table's log. */
  public Optional<CommitPlace> commitPlace(TableName table, ObjectKey key) {
    String prefix = commits(table);
    if (!key.value().startsWith(prefix) || !key.value().endsWith(JSON)) {
      return Optional.empty();
    }
    String[] names = key.value().substring(prefix.length()).split("/", -1);
    Matcher epoch = EPOCH.matcher(names.length == 4 ? names[2] : "e000000");
    if (names.length < 3 || names.length > 4 || !epoch.matches()) {
      return Optional.empty();
    }
    try {
      String name = names[names.length - 1];
      return Optional.of(
          new CommitPlace(
              new StreamShard(table, new StreamLabel(names[0]), new ShardId(names[1])),
              Integer.parseInt(epoch.group(1)),
              new SequenceNumber(name.substring(0, name.length() - JSON.length()))));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /** The key of the note where the reading of a table started, if not at the oldest record. */
  public ObjectKey start(TableName table) {
    return new ObjectKey(resolve(STARTS + table.folder() + JSON));
  }

  /** The prefix of every data file of a source table. */
  public String data(TableName table) {
    return resolve(table.folder() + "/");
  }

  /** The partition of a time, such as {@code dt=2026-11-21/hh=05}. */
  static String partition(Partitioning partitioning, Instant time) {
    return switch (partitioning) {
      case BY_HOUR -> HOUR.format(time);
      case BY_DAY -> DAY.format(time);
      case BY_SNAPSHOT -> "snapshot=" + moment(time);
    };
  }

  /** The key of a data file. */
  ObjectKey dataFile(TableName table, LakeTable lakeTable, String partition, String name) {
    return new ObjectKey(data(table) + lakeTable.folder() + "/" + partition + "/" + name);
  }

  /** The path of a key within the lake, which stays right when the lake is copied elsewhere. */
  public String pathOf(ObjectKey key) {
    String start = resolve("");
    if (!key.value().startsWith(start)) {
      throw new IllegalArgumentException("'" + key + "' is not in the lake '" + prefix + "'");
    }
    return key.value().substring(start.length());
  }

  /** The key of a path within the lake. */
  public ObjectKey keyOf(String path) {
    return new ObjectKey(resolve(path));
  }

  private String resolve(String path) {
    return prefix.isEmpty() ? path : prefix + "/" + path;
  }
}
