package dev.afterbay.transforms.toavro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.time.Instant;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class QuarantineTableTest {
  private static final StreamShard SHARD =
      new StreamShard(
          new TableName("Orders"),
          new StreamLabel("2026-11-21T05:00:00.000"),
          new ShardId("shardId-1"));

  @Test
  void aRowSaysWhereTheRecordStoodWhyItIsHereAndWhatItWas() {
    GenericRecord row = row("e-1", "has no Keys", "{}");

    assertThat(row)
        .hasToString(
            """
            {"cdc_time": 1763701860000001, "cdc_seq": "0000000000000000000000000000000000000021", \
            "cdc_shard": "shardId-1", "cdc_stream": "2026-11-21T05:00:00.000", \
            "cdc_event_id": "e-1", "reason": "has no Keys", "record": "{}"}""");
    assertThat(GenericData.get().validate(QuarantineTable.schema(), row)).isTrue();
  }

  @Test
  void aRowIsMadeOfAnything() {
    GenericRecord row = row(null, "\ud83d", "a\ude80");

    assertThat(row.get("cdc_event_id")).isNull();
    assertThat(row.get("reason")).isEqualTo("?");
    assertThat(row.get("record")).isEqualTo("a?");
  }

  private static GenericRecord row(@Nullable String eventId, String reason, String record) {
    return QuarantineTable.row(
        SHARD,
        SequenceNumber.parse("21"),
        Instant.parse("2025-11-21T05:11:00.000001Z"),
        eventId,
        reason,
        record);
  }
}
