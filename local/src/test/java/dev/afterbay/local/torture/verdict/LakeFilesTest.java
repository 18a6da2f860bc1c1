package dev.afterbay.local.torture.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.local.stream.ScriptedTable;
import dev.afterbay.sinks.duck.SharedDuck;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LakeFilesTest {
  private static final String NUMBER = "0".repeat(39);

  @TempDir Path dir;

  private LakeFiles lake;

  @BeforeEach
  void name() {
    lake = new LakeFiles(dir, ScriptedTable.named("My-Orders"));
  }

  @Test
  void anEmptyLakeHasNothing() {
    assertThat(lake.rows()).isZero();
    assertThat(lake.read()).isEmpty();
    assertThat(lake.gaps()).isEmpty();
    assertThat(lake.twins()).isEmpty();
  }

  @Test
  void twinsAreReadFromTheTypedTable() throws Exception {
    parquet(
        "everything/dt=2026-11-21/hh=05/one.parquet",
        "SELECT 'label' cdc_stream, 'shardId-1' cdc_shard, '%s7' cdc_seq,".formatted(NUMBER)
            + " '{\"PK\": {\"S\":\"a\"}}' cdc_key");

    assertThat(lake.twins())
        .containsExactly(
            new Twin(
                new StreamShard(
                    new TableName("My-Orders"), new StreamLabel("label"), new ShardId("shardId-1")),
                SequenceNumber.parse("7"),
                "{\"PK\":{\"S\":\"a\"}}"));
  }

  @Test
  void rowsAreReadFromTheChangesAndFromTheQuarantine() throws Exception {
    parquet(
        "changes/dt=2026-11-21/hh=05/one.parquet",
        "SELECT 'label' cdc_stream, 'shardId-1' cdc_shard, '%s' || n cdc_seq, 'INSERT' cdc_op,"
                .formatted(NUMBER)
            + " make_timestamptz(1000000 + n) cdc_time, '{\"PK\":{\"S\":\"a\"}}' new_image,"
            + " NULL::VARCHAR old_image, 'a' \"PK\", 'b' \"SK\" FROM range(2) r(n)");
    parquet(
        "quarantine/dt=2026-11-21/two.parquet",
        "SELECT 'label' cdc_stream, 'shardId-1' cdc_shard, '%s7' cdc_seq".formatted(NUMBER));

    assertThat(lake.rows()).isEqualTo(3);
    assertThat(lake.read())
        .hasSize(3)
        .element(1)
        .satisfies(
            row -> {
              assertThat(row.file()).isEqualTo("my_orders/changes/dt=2026-11-21/hh=05/one.parquet");
              assertThat(row.line()).isOne();
              assertThat(row.shard().shard().value()).isEqualTo("shardId-1");
              assertThat(row.number()).isEqualTo(SequenceNumber.parse("1"));
              assertThat(row.content())
                  .contains(
                      new Found.Content(
                          "{\"PK\":{\"S\":\"a\"},\"SK\":{\"S\":\"b\"}}",
                          "INSERT",
                          1_000_001,
                          Images.digestOfJson("{\"PK\":{\"S\":\"a\"}}", null)));
            });
    assertThat(lake.read()).element(2).extracting(Found::content).isEqualTo(Optional.empty());
  }

  @Test
  void gapsAreReadFromTheirObjects() throws IOException {
    Path folder = Files.createDirectories(dir.resolve("_afterbay/gaps/my_orders/label/shardId-1"));
    Files.writeString(
        folder.resolve(NUMBER + "1.json"),
        """
        {"format":1,"table":"My-Orders","stream":"label","shard":"shardId-1","reason":"TRIMMED",
         "after":"%s1","before":"%s4"}"""
            .formatted(NUMBER, NUMBER));
    Files.writeString(
        folder.resolve(NUMBER + "5.json"),
        """
        {"stream":"label","shard":"shardId-1","after":"%s5","before":null}"""
            .formatted(NUMBER));

    assertThat(lake.gaps())
        .extracting(gap -> gap.after().padded() + " " + gap.before().isPresent())
        .containsExactly(NUMBER + "1 true", NUMBER + "5 false");
  }

  private void parquet(String name, String select) throws IOException {
    Path file = dir.resolve("my_orders").resolve(name);
    Files.createDirectories(file.getParent());
    SharedDuck.run("COPY (%s) TO '%s' (FORMAT parquet)".formatted(select, file));
  }
}
