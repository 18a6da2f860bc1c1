package dev.afterbay.sinks.toparquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.transforms.change.ChangeEvent;
import dev.afterbay.transforms.change.Operation;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.toavro.TypedTable;
import dev.afterbay.transforms.toavro.TypedTable.Extra;
import dev.afterbay.transforms.toavro.TypedTable.Sight;
import dev.afterbay.transforms.toavro.TypedTable.TypedRow;
import dev.afterbay.transforms.typed.EntitySchema;
import dev.afterbay.transforms.typed.Inference;
import dev.afterbay.transforms.typed.Reason;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.avro.generic.GenericRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Arbitrary items against arbitrary schemas: what is rebuilt from a row in a Parquet file, under
 * the newest version of its table, is the item.
 */
class TypedRoundTripTest {
  private static final long SEED = 20261121;
  private static final int ENTITIES = 100;
  private static final int VERSIONS = 3;
  private static final int ROWS_OF_A_FILE = 34;

  @TempDir Path folder;
  private final Map<Reason, Integer> reasons = new EnumMap<>(Reason.class);
  private final Set<String> types = new HashSet<>();
  private int items;
  private int schemas;
  private int files;
  private int attributes;
  private int extras;

  @Test
  void columnsAndExtrasRebuildEveryItemThroughParquetAndSchemaVersions() throws IOException {
    for (int i = 0; i < ENTITIES; i++) {
      roundTrip(SEED + i);
    }

    System.out.printf(
        "Typed round trip through Parquet: %d items, %d schemas of %d entities, %d files;"
            + " %d attributes, of which %d in columns alone, %d set aside: %s; %d column types%n",
        items,
        schemas,
        ENTITIES,
        files,
        attributes,
        attributes - extras,
        extras,
        reasons,
        types.size());
    assertThat(items).isGreaterThanOrEqualTo(10_000);
    assertThat(reasons)
        .containsOnlyKeys(
            Reason.UNKNOWN,
            Reason.TYPE,
            Reason.RANGE,
            Reason.PRECISION,
            Reason.SPELLING,
            Reason.NULL,
            Reason.NAME,
            Reason.TEMPLATE);
    assertThat(attributes - extras).isGreaterThan(attributes / 3);
  }

  private void roundTrip(long seed) throws IOException {
    RandomTyped random = new RandomTyped(seed);
    List<byte[]> written = new ArrayList<>();
    List<String> digests = new ArrayList<>();
    EntitySchema schema =
        EntitySchema.first(random.entity().name(), random.entity().declaredColumns());
    for (int version = 1; version <= VERSIONS; version++) {
      if (version == 2) {
        schema = schema.plus(random.laterColumns());
      }
      schema = EntitySchema.parse(schema.version(), schema.text());
      Inference inference = new Inference();
      written.add(write(random, new TypedTable(random.entity(), schema), inference, digests));
      schemas++;
      if (version < VERSIONS) {
        schema = schema.plus(inference.columns());
      }
    }
    schema.columns().forEach(column -> types.add(column.type().text()));

    TypedTable newest = new TypedTable(random.entity(), schema);
    List<String> rebuilt = new ArrayList<>();
    for (byte[] file : written) {
      for (GenericRecord row : ParquetRows.read(file)) {
        rebuilt.add(Image.of(newest.item(row)).digest());
      }
    }
    assertThat(rebuilt).as("seed " + seed).isEqualTo(digests);
  }

  private byte[] write(
      RandomTyped random, TypedTable table, Inference inference, List<String> digests)
      throws IOException {
    ParquetFile file = new ParquetFile(table.schema().avro(), Set.of(), folder);
    for (int i = 0; i < ROWS_OF_A_FILE; i++) {
      Item item = random.item();
      TypedRow row = row(table, item, i);
      for (Extra extra : row.extras()) {
        reasons.merge(extra.reason(), 1, Integer::sum);
        if (extra.reason() == Reason.UNKNOWN) {
          inference.observe(extra.attribute(), extra.value());
        }
      }
      Map<String, Value> kept = new HashMap<>(item.attributes());
      kept.keySet().removeAll(random.entity().omit());
      digests.add(Image.of(new Item(kept)).digest());
      file.append(row.row());
      items++;
      attributes += kept.size();
      extras += row.extras().size();
    }
    file.finish();
    files++;
    ByteBuffer bytes = ByteBuffer.allocate((int) file.content().size());
    file.content().read(0, bytes);
    file.discard();
    return bytes.array();
  }

  private static TypedRow row(TypedTable table, Item item, int number) {
    Image image = Image.of(item);
    Sight sight =
        number % 7 == 0
            ? new Sight(Operation.REMOVE, null, image)
            : new Sight(Operation.INSERT, image, null);
    ChangeEvent event =
        new ChangeEvent(
            sight.operation(),
            ShardFeed.TIME,
            ShardFeed.sequenceNumber(number + 1),
            "event-" + number,
            false,
            RandomTyped.keys(item),
            sight.newImage(),
            sight.oldImage());
    return table.row(ShardFeed.shard("shardId-1"), event, ShardFeed.TIME, sight);
  }
}
