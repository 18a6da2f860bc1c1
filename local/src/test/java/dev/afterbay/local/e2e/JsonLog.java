package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.time.Instant;
import java.util.List;

/**
 * The log of a worker that writes JSON.
 *
 * @param lines in their order
 */
record JsonLog(List<JsonNode> lines) {
  static JsonLog of(ChildProcess worker) {
    return new JsonLog(worker.err().lines().map(JsonLog::json).toList());
  }

  /** Each line is whole, and those of the events say in the words of the log where they were. */
  void assertTells(String workerId, StreamShard shard, String... events) {
    assertThat(lines)
        .allMatch(line -> Instant.parse(line.path("time").asText()).isBefore(Instant.now()))
        .allMatch(line -> line.hasNonNull("level") && line.hasNonNull("logger"))
        .allMatch(line -> line.hasNonNull("message"));
    for (String event : events) {
      assertThat(lines)
          .filteredOn(line -> line.path("event").asText().equals(event))
          .isNotEmpty()
          .allMatch(line -> line.path("workerId").asText().equals(workerId))
          .allMatch(line -> line.path("table").asText().equals(shard.table().value()))
          .allMatch(line -> line.path("shardId").asText().equals(shard.shard().value()))
          .allMatch(line -> line.path("sequenceNumber").asText().length() == SequenceNumber.DIGITS)
          .allMatch(line -> line.hasNonNull("commitId") == event.equals("committed"));
    }
  }

  private static JsonNode json(String line) {
    try {
      return new ObjectMapper().readTree(line);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("This is no JSON: " + line, e);
    }
  }
}
