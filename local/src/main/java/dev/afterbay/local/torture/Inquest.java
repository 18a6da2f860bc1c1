package dev.afterbay.local.torture;

import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.stream.ScriptedStreamsClient;
import dev.afterbay.local.torture.verdict.Evidence;
import dev.afterbay.local.torture.verdict.Gap;
import dev.afterbay.local.torture.verdict.Judge;
import dev.afterbay.local.torture.verdict.LakeFiles;
import dev.afterbay.local.torture.verdict.Trim;
import dev.afterbay.local.torture.verdict.Verdict;
import dev.afterbay.local.torture.verdict.Written;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamShard;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;

/** The lake held against all that was written; nothing may be written any more. */
final class Inquest {
  private final LakeFiles lake;
  private final List<Written> written;
  private final List<Trim> trims;
  private final Map<StreamShard, StreamShard> parents;

  Inquest(LakeFiles lake, ScriptedStream stream, List<Written> written, List<Trim> trims) {
    this.lake = lake;
    this.written = List.copyOf(written);
    this.trims = List.copyOf(trims);
    this.parents = parents(stream);
  }

  long records() {
    return written.size();
  }

  /** Whether nothing is missing any more; counts first, and reads rows when no more will come. */
  boolean settled(LongConsumer progress) {
    long rows = lake.rows();
    List<Gap> gaps = lake.gaps();
    progress.accept(rows);
    long missing =
        written.stream()
            .filter(
                record -> gaps.stream().anyMatch(g -> g.covers(record.shard(), record.number())))
            .count();
    return gaps.size() >= trims.size() && rows + missing >= written.size() && verdict().lost() == 0;
  }

  Verdict verdict() {
    return Judge.judge(
        new Evidence(written, parents, lake.read(), lake.twins(), lake.gaps(), trims));
  }

  /** What each shard continues, as the stream tells any reader. */
  private static Map<StreamShard, StreamShard> parents(ScriptedStream stream) {
    Map<StreamShard, StreamShard> parents = new HashMap<>();
    StreamShard any = stream.account().shards().get(0);
    String arn = stream.latestArn().orElseThrow();
    try (ScriptedStreamsClient client = new ScriptedStreamsClient(stream)) {
      @Nullable String last = null;
      do {
        String after = last;
        StreamDescription page =
            client
                .describeStream(request -> request.streamArn(arn).exclusiveStartShardId(after))
                .streamDescription();
        page.shards().stream()
            .filter(shard -> shard.parentShardId() != null)
            .forEach(
                shard -> parents.put(like(any, shard.shardId()), like(any, shard.parentShardId())));
        last = page.lastEvaluatedShardId();
      } while (last != null);
    }
    return parents;
  }

  private static StreamShard like(StreamShard any, String shard) {
    return new StreamShard(any.table(), any.stream(), new ShardId(shard));
  }
}
