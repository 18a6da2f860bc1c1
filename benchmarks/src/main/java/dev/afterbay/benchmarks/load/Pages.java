package dev.afterbay.benchmarks.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.stream.StreamServer;
import dev.afterbay.local.stream.StreamSettings;
import dev.afterbay.transforms.change.StreamShard;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The answers of GetRecords that tell of changes, as they come over the wire.
 *
 * @param shard that they are of
 * @param bodies in order
 * @param records in all of them
 * @param counted the records' size as DynamoDB counts it
 */
public record Pages(StreamShard shard, List<byte[]> bodies, int records, long counted) {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final int PAGE_BYTES = 1 << 20;

  /** Copies the list. */
  public Pages {
    bodies = List.copyOf(bodies);
  }

  /**
   * The answers to the reading of one shard.
   *
   * @param records in all
   * @param ofPage in one answer at most
   */
  public static Pages of(Orders.Shape shape, int records, int ofPage) {
    InstantSource clock = InstantSource.system();
    ScriptedStream stream =
        new ScriptedStream(Orders.TABLE, StreamSettings.seeded(1).pages(ofPage, PAGE_BYTES), clock);
    stream.keepNoHistory();
    stream.enable(1);
    Orders orders = new Orders(shape, 1);
    for (int i = 0; i < records; i++) {
      stream.append(orders.next(clock.instant()));
    }
    try (StreamServer server = StreamServer.start(stream, 0)) {
      return read(stream, server, records);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Pages read(ScriptedStream stream, StreamServer server, int records)
      throws IOException {
    StreamShard shard = stream.openShards().get(0);
    Caller caller = new Caller(HttpClient.newHttpClient(), server);
    byte[] first =
        caller.call(
            "GetShardIterator",
            JSON.createObjectNode()
                .put("StreamArn", stream.latestArn().orElseThrow())
                .put("ShardId", shard.shard().value())
                .put("ShardIteratorType", "TRIM_HORIZON"));
    String iterator = JSON.readTree(first).path("ShardIterator").asText();
    List<byte[]> bodies = new ArrayList<>();
    long counted = 0;
    for (int seen = 0; seen < records; ) {
      byte[] body =
          caller.call("GetRecords", JSON.createObjectNode().put("ShardIterator", iterator));
      JsonNode page = JSON.readTree(body);
      iterator = page.path("NextShardIterator").asText();
      seen += page.path("Records").size();
      bodies.add(body);
      for (JsonNode record : page.path("Records")) {
        counted += record.path("dynamodb").path("SizeBytes").asLong();
      }
    }
    return new Pages(shard, bodies, records, counted);
  }

  private record Caller(HttpClient client, StreamServer server) {
    byte[] call(String operation, JsonNode request) throws IOException {
      HttpRequest call =
          HttpRequest.newBuilder(server.endpoint())
              .header("X-Amz-Target", "DynamoDBStreams_20120810." + operation)
              .header("Content-Type", "application/x-amz-json-1.0")
              .POST(HttpRequest.BodyPublishers.ofByteArray(JSON.writeValueAsBytes(request)))
              .build();
      try {
        HttpResponse<byte[]> answer = client.send(call, HttpResponse.BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
          throw new IOException(operation + " was answered by " + answer.statusCode());
        }
        return answer.body();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IOException(e);
      }
    }
  }
}
