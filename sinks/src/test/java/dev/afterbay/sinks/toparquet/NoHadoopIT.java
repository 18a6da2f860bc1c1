package dev.afterbay.sinks.toparquet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Segment;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.segment.Workspace;
import dev.afterbay.sinks.tostorage.CompleteAnswer;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The worker's class path holds no Hadoop, unlike that of the tests. */
class NoHadoopIT {
  @TempDir Path scratch;

  @Test
  void filesAreWrittenAndTheirFootersReadWithoutHadoop() throws Exception {
    List<String> classPath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("hadoop-") || entry.contains("parquet-hadoop"))
            .toList();

    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                String.join(File.pathSeparator, classPath),
                NoHadoopIT.class.getName(),
                scratch.toString())
            .redirectErrorStream(true)
            .start();

    String output = process.inputReader().lines().collect(Collectors.joining("\n"));
    assertThat(process.waitFor()).as(output).isZero();
    assertThat(output).endsWith("rows: 2, 2");
  }

  /** What the process without Hadoop does. */
  public static void main(String[] args) throws IOException {
    try {
      throw new AssertionError(Class.forName("org.apache.hadoop.conf.Configuration"));
    } catch (ClassNotFoundException expected) {
      Segment segment =
          new Segment(
              ShardFeed.shard("shardId-1"),
              ShardCursor.start(),
              new Lake("lake"),
              Workspace.in(Path.of(args[0])),
              InstantSource.fixed(ShardFeed.TIME));
      MemoryObjectStore store = new MemoryObjectStore();
      StringBuilder rows = new StringBuilder();
      for (StagedFile file : ShardFeed.fill(segment, 1, 4).stage(store, "c0ffee00")) {
        CompleteAnswer completed = store.complete(file.upload());
        rows.append(completed instanceof CompleteAnswer.Completed ? ", " : "? ")
            .append(
                ParquetFooter.rows(
                    file.size(),
                    (offset, length) -> store.get(file.key(), offset, length).orElseThrow()));
      }
      System.out.println("rows: " + rows.substring(2));
    }
  }
}
