package dev.afterbay.local.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.local.workload.StreamCount.Position;
import dev.afterbay.sinks.duck.SharedDuck;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A lake as a stranger sees it: plain files, read by a DuckDB that knows nothing of the service.
 *
 * @param root the folder of the lake's prefix
 */
public record LakeFiles(Path root) {
  /** The Parquet files with a table's changes, in the order of their names. */
  List<Path> data(TableName table) {
    return files(root.resolve(table.folder()).resolve("changes"), ".parquet");
  }

  /** The entries of a table's commit logs: shard by shard, in the order of their positions. */
  List<Path> log(TableName table) {
    return files(root.resolve("_afterbay/commits").resolve(table.folder()), ".json");
  }

  /** The files beneath a folder whose names end so, sorted. */
  public static List<Path> files(Path folder, String suffix) {
    return files(folder).stream().filter(file -> file.toString().endsWith(suffix)).toList();
  }

  /** All files beneath a folder, sorted; what vanishes meanwhile is left out. */
  static List<Path> files(Path folder) {
    List<Path> files = new ArrayList<>();
    try {
      Files.walkFileTree(
          folder,
          new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
              files.add(file);
              return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
              if (e instanceof NoSuchFileException) {
                return FileVisitResult.CONTINUE;
              }
              throw e;
            }
          });
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files.stream().sorted().toList();
  }

  /** The content of a file. */
  public static JsonNode json(Path file) {
    try {
      return new ObjectMapper().readTree(file.toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static JsonNode json(String text) {
    try {
      return new ObjectMapper().readTree(text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** When an entry of a commit log was written, by the writer's clock. */
  static Instant committedAt(Path entry) {
    return Instant.parse(json(entry).path("committedAt").asText());
  }

  /** The key of a file within the bucket. */
  String key(Path file) {
    return root.getFileName() + "/" + root.relativize(file);
  }

  long rows(TableName table) {
    return data(table).isEmpty()
        ? 0
        : Long.parseLong(SharedDuck.ask("SELECT count(*) FROM " + changes(table)).get(0).get(0));
  }

  /** Where each row comes from, as often as it is there. */
  List<Position> positions(TableName table) {
    if (data(table).isEmpty()) {
      return List.of();
    }
    return SharedDuck.ask("SELECT cdc_stream, cdc_shard, cdc_seq FROM " + changes(table)).stream()
        .map(
            row ->
                new Position(
                    new StreamShard(table, new StreamLabel(row.get(0)), new ShardId(row.get(1))),
                    new SequenceNumber(row.get(2))))
        .toList();
  }

  /** The relation of a table's changes, to be named in a question. */
  String changes(TableName table) {
    return "read_parquet('%s/%s/changes/**/*.parquet')".formatted(root, table.folder());
  }

  /** Copies the lake as it stands. */
  void copyTo(Path other) {
    for (Path file : files(root)) {
      Path copy = other.resolve(root.relativize(file));
      try {
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
