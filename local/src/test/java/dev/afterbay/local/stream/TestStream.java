package dev.afterbay.local.stream;

import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/**
 * A scripted stream with a clock that stands still until it is moved.
 *
 * @param items of the table with the one key {@code PK}
 */
record TestStream(ScriptedStream script, ScriptedItems items, AtomicReference<Instant> time) {
  static final Instant START = Instant.parse("2026-11-21T05:00:00.250Z");
  private static final ScriptedTable TABLE =
      new ScriptedTable(new TableName("Contract"), List.of(new KeyAttribute("PK", KeyType.S)));

  static TestStream ofOneShard() {
    return of(StreamSettings.seeded(1), 1);
  }

  static TestStream of(StreamSettings settings, int shards) {
    AtomicReference<Instant> time = new AtomicReference<>(START);
    InstantSource clock = time::get;
    ScriptedStream script = new ScriptedStream(TABLE, settings, clock);
    script.enable(shards);
    return new TestStream(script, new ScriptedItems(TABLE, clock), time);
  }

  void pass(Duration duration) {
    time.updateAndGet(now -> now.plus(duration));
  }

  void put(String key, String value) {
    items.put(StreamsContract.item(key, value)).ifPresent(script::append);
  }

  /** Appends so many records with a key each. */
  void fill(int records) {
    for (int i = 0; i < records; i++) {
      put("key-" + script.account().records(), "" + i);
    }
  }

  StreamShard onlyShard() {
    return script.openShards().get(0);
  }

  Reading reading() {
    return new Reading(new ScriptedStreamsClient(script), script.latestArn().orElseThrow());
  }

  /** For the contract. */
  record AsTable(TestStream test, DynamoDbStreamsClient client) implements StreamsContract.Table {
    @Override
    public Reading stream() {
      return new Reading(client, test.script().latestArn().orElseThrow());
    }

    @Override
    public String name() {
      return TABLE.name().value();
    }

    @Override
    public void put(String key, String value) {
      test.put(key, value);
    }

    @Override
    public void delete(String key) {
      test.items().delete(Map.of("PK", AttributeValue.fromS(key))).ifPresent(test.script()::append);
    }

    @Override
    public void roll() {
      test.script().rollAll();
    }
  }
}
