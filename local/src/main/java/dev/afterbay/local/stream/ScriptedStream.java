package dev.afterbay.local.stream;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BinaryOperator;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * The stream of a table that exists only in memory: shards that open, close and split, records that
 * are appended and trimmed, streams that are disabled and enabled again, each at the word of a
 * script. The same script, seed and clock give the same bytes.
 *
 * <p>It is read through {@link ScriptedStreamsClient} or {@link StreamServer}. Safe for many
 * threads.
 */
public final class ScriptedStream {
  private static final DateTimeFormatter LABEL =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);
  private static final HexFormat HEX = HexFormat.of();

  private final ScriptedTable table;
  private final StreamSettings settings;
  private final InstantSource clock;
  private final SplittableRandom random;
  private final SequenceNumbers numbers;
  private final Faults faults;
  private final Account account = new Account();
  private final History history = new History();
  private final List<Incarnation> incarnations = new ArrayList<>();
  private Giving giving = Giving.ALL;
  private long lastStamp;

  /** A table without a stream; {@link #enable} opens the first one. */
  public ScriptedStream(ScriptedTable table, StreamSettings settings, InstantSource clock) {
    this.table = table;
    this.settings = settings;
    this.clock = clock;
    this.random = new SplittableRandom(settings.seed());
    this.numbers = new SequenceNumbers(random.split(), settings.numbersPerDigit());
    this.faults = new Faults(random.split());
  }

  /** The table that the stream belongs to. */
  public ScriptedTable table() {
    return table;
  }

  /** Which calls fail, and how. */
  public Faults faults() {
    return faults;
  }

  /** What was ever appended. */
  public Account account() {
    return account;
  }

  History history() {
    return history;
  }

  /**
   * Keeps no history for exports: what is trimmed then takes no memory. To be said before the first
   * record.
   */
  public synchronized void keepNoHistory() {
    history.end();
  }

  StreamSettings settings() {
    return settings;
  }

  Instant now() {
    return clock.instant();
  }

  /** Enables the stream under a new label, with so many shards that share the keys evenly. */
  public synchronized StreamLabel enable(int shards) {
    if (current().filter(Incarnation::enabled).isPresent()) {
      throw new IllegalStateException("The stream of " + table.name() + " is enabled already");
    }
    List<KeyRange> ranges = KeyRange.parts(shards);
    long stamp = stamp();
    Instant created = Instant.ofEpochMilli(stamp);
    StreamLabel label =
        new StreamLabel(LABEL.format(LocalDateTime.ofInstant(created, ZoneOffset.UTC)));
    Incarnation incarnation = new Incarnation(table, label, created);
    incarnations.add(incarnation);
    ranges.forEach(range -> open(incarnation, Optional.empty(), range));
    return label;
  }

  /** Disables the stream: its open shards end, and what they hold stays readable. */
  public synchronized void disable() {
    enabled().disable();
  }

  /** Takes a disabled stream away, as AWS does a day later. */
  public synchronized void forget(StreamLabel label) {
    Incarnation gone =
        incarnations.stream()
            .filter(stream -> stream.label().equals(label) && !stream.enabled())
            .findFirst()
            .orElseThrow(
                () -> new IllegalArgumentException("There is no disabled stream " + label));
    gone.shards().forEach(this::lose);
    incarnations.remove(gone);
  }

  /** The ARN of the newest stream, enabled or not. */
  public synchronized Optional<String> latestArn() {
    return current().map(Incarnation::arn);
  }

  /** The label of the newest stream, enabled or not. */
  public synchronized Optional<StreamLabel> latestLabel() {
    return current().map(Incarnation::label);
  }

  /** The shards of the newest stream that take records, oldest first. */
  public synchronized List<StreamShard> openShards() {
    return current().stream()
        .flatMap(stream -> stream.shards().stream())
        .filter(Shard::open)
        .map(Shard::name)
        .toList();
  }

  /** Appends a change to the open shard that its partition key belongs to. */
  public synchronized SequenceNumber append(Change change) {
    AttributeValue key = change.keys().get(table.keys().get(0).name());
    if (key == null) {
      throw new IllegalArgumentException("Without a partition key, name the shard");
    }
    for (Shard shard : enabled().shards()) {
      if (shard.open() && shard.range().holds(key)) {
        return append(shard, change);
      }
    }
    throw new IllegalStateException("No open shard takes the key " + key);
  }

  /** Appends a change to this shard, whatever its keys. */
  public synchronized SequenceNumber append(StreamShard shard, Change change) {
    return append(openShard(shard), change);
  }

  /**
   * Makes a change that no stream tells of, as while the stream is disabled: only exports know it.
   */
  public synchronized void changeUnseen(Change change) {
    history.add(change, RecordJson.of(change, "0", "").json());
  }

  /**
   * Appends a record that DynamoDB would never write. No export knows of it.
   *
   * @param json makes the record's JSON of the sequence number and the event id that it gets
   */
  public synchronized SequenceNumber appendRaw(
      StreamShard shard, String key, BinaryOperator<String> json) {
    String number = numbers.next();
    byte[] text = json.apply(number, eventId()).getBytes(StandardCharsets.UTF_8);
    return store(
        openShard(shard), new StoredRecord(clock.instant(), number, text.length, text), key, "RAW");
  }

  /** Ends a shard and opens its child, as AWS does every four hours. */
  public StreamShard roll(StreamShard shard) {
    return succeed(shard, 1).get(0);
  }

  /** Ends every open shard and opens its child. */
  public synchronized List<StreamShard> rollAll() {
    return openShards().stream().map(this::roll).toList();
  }

  /** Ends a shard and opens two children, each with half of its keys. */
  public List<StreamShard> split(StreamShard shard) {
    return succeed(shard, 2);
  }

  /**
   * Trims the oldest records of a shard.
   *
   * @return what is gone, if anything
   */
  public synchronized Optional<Account.Loss> trim(StreamShard shard, long records) {
    Optional<Account.Loss> loss = shard(shard).trim(records);
    loss.ifPresent(account::lost);
    return loss;
  }

  /** Takes a shard away with all that it holds; whoever asks for it learns that there is none. */
  public synchronized void vanish(StreamShard shard) {
    Shard gone = shard(shard);
    lose(gone);
    stream(shard).remove(gone);
  }

  /** Leaves a shard out of DescribeStream; it can still be read. */
  public synchronized void unlist(StreamShard shard) {
    shard(shard).unlist();
  }

  /** Lists a shard again. */
  public synchronized void relist(StreamShard shard) {
    shard(shard).list();
  }

  /** What whoever reads gets from now on; all records, unless this was said. */
  public synchronized void give(Giving records) {
    giving = records;
  }

  /** Records that come after this moment are not given yet. */
  Instant givenUntil() {
    return switch (giving) {
      case ALL -> Instant.MAX;
      case DUE -> clock.instant();
      case NONE -> Instant.MIN;
    };
  }

  /** All streams that exist, oldest first. */
  List<Incarnation> incarnations() {
    return List.copyOf(incarnations);
  }

  Optional<Incarnation> current() {
    return incarnations.isEmpty()
        ? Optional.empty()
        : Optional.of(incarnations.get(incarnations.size() - 1));
  }

  private synchronized List<StreamShard> succeed(StreamShard shard, int children) {
    Shard parent = openShard(shard);
    List<KeyRange> ranges = parent.range().split(children);
    parent.close();
    Incarnation stream = stream(shard);
    return ranges.stream().map(range -> open(stream, Optional.of(parent), range)).toList();
  }

  private StreamShard open(Incarnation stream, Optional<Shard> parent, KeyRange range) {
    ShardId id =
        new ShardId("shardId-%020d-%s".formatted(stamp(), HEX.toHexDigits(random.nextInt())));
    Shard shard = stream.open(id, parent.orElse(null), range, numbers.next());
    account.opened(shard.name());
    return shard.name();
  }

  private SequenceNumber append(Shard shard, Change change) {
    StoredRecord record = RecordJson.of(change, numbers.next(), eventId());
    history.add(change, record.json());
    return store(shard, record, RecordJson.keys(change), change.operation().name());
  }

  private SequenceNumber store(Shard shard, StoredRecord record, String key, String operation) {
    shard.append(record);
    SequenceNumber number = SequenceNumber.parse(record.sequenceNumber());
    account.appended(shard.name(), new Account.Line(number, key, operation));
    return number;
  }

  private void lose(Shard shard) {
    shard.trim(Long.MAX_VALUE).ifPresent(account::lost);
  }

  private Incarnation enabled() {
    return current()
        .filter(Incarnation::enabled)
        .orElseThrow(
            () ->
                new IllegalStateException(
                    "The stream of " + table.name() + " is disabled; enable it first"));
  }

  private Incarnation stream(StreamShard shard) {
    return incarnations.stream()
        .filter(stream -> stream.label().equals(shard.stream()))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("There is no shard " + shard));
  }

  private Shard shard(StreamShard shard) {
    Shard found = stream(shard).find(shard.shard());
    if (found == null) {
      throw new IllegalArgumentException("There is no shard " + shard);
    }
    return found;
  }

  private Shard openShard(StreamShard shard) {
    Shard found = shard(shard);
    if (!found.open()) {
      throw new IllegalStateException("The shard " + shard + " is closed");
    }
    return found;
  }

  private String eventId() {
    return HEX.toHexDigits(random.nextLong()) + HEX.toHexDigits(random.nextLong());
  }

  /** The time in milliseconds, each at most once. */
  private long stamp() {
    lastStamp = Math.max(lastStamp + 1, clock.instant().toEpochMilli());
    return lastStamp;
  }
}
