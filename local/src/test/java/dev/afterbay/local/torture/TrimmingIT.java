package dev.afterbay.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.local.stream.Account;
import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.stream.ScriptedTable;
import dev.afterbay.local.stream.StreamSettings;
import dev.afterbay.local.torture.store.FaultProxy;
import dev.afterbay.local.torture.store.StoreFaults;
import dev.afterbay.local.torture.verdict.LakeFiles;
import dev.afterbay.local.torture.verdict.Trim;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrimmingIT {
  private static final Act ANY = new Act(ActKind.TRIM, Duration.ZERO, 0, 0);
  private static final URI NOBODY = URI.create("http://127.0.0.1:1");

  @TempDir Path dir;

  @Test
  void eachTrimTakesWhatNobodyCanHaveReadAndWaitsForTheGapOfTheOneBefore() throws IOException {
    ScriptedTable table = ScriptedTable.named("Orders");
    ScriptedStream stream =
        new ScriptedStream(table, StreamSettings.seeded(1), InstantSource.system());
    stream.enable(2);
    StreamShard shard = stream.openShards().get(0);
    LakeFiles lake = new LakeFiles(dir, table);
    try (Journal journal = new Journal(dir.resolve("journal.log"), InstantSource.system());
        Fleet fleet = new Fleet(List.of());
        FaultProxy store = FaultProxy.startBefore(NOBODY, new StoreFaults(1));
        Load load = new Load(stream, 500, 1, InstantSource.system())) {
      load.start();
      Trimming trimming = new Trimming(stream, fleet, store, lake, journal);
      Waiting.until(() -> stream.account().of(shard).size() > 30, Duration.ofSeconds(20));
      int readable = stream.account().of(shard).size();

      assertThat(trimming.trim(ANY)).isTrue();

      Trim first = trimming.done().get(0);
      assertThat(position(stream, first)).isGreaterThanOrEqualTo(readable + 9);
      assertThat(stream.account().losses())
          .extracting(Account.Loss::to)
          .containsExactly(first.to());
      assertThat(trimming.trim(ANY)).as("the lake knows of no gap").isFalse();

      tellGap(shard, first.to());

      assertThat(trimming.trim(ANY)).isTrue();
      Trim second = trimming.done().get(1);
      assertThat(position(stream, second)).isGreaterThan(position(stream, first));
      assertThat(stream.account().losses())
          .extracting(Account.Loss::to)
          .containsExactly(first.to(), second.to());
      assertThat(position(stream, second))
          .as("some records are left behind it")
          .isLessThan(stream.account().of(shard).size() - 5);
    }
  }

  private static int position(ScriptedStream stream, Trim trim) {
    return stream.account().of(trim.shard()).stream()
        .map(Account.Line::sequenceNumber)
        .toList()
        .indexOf(trim.to());
  }

  private void tellGap(StreamShard shard, SequenceNumber after) throws IOException {
    Path folder = Files.createDirectories(dir.resolve("_afterbay/gaps/orders/label"));
    Files.writeString(
        folder.resolve(after + ".json"),
        "{\"stream\":\"%s\",\"shard\":\"%s\",\"after\":\"%s\"}"
            .formatted(shard.stream(), shard.shard(), after));
  }
}
