package dev.afterbay.local.e2e;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.sinks.duck.SharedDuck;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;

/** Ways to damage a lake by editing its plain files. */
enum Damaging {
  FILE_DELETED {
    @Override
    Expected damage(LakeFiles lake, TableName table) throws IOException {
      Path file = someFile(lake, table);
      Files.delete(file);
      return new Expected("missing-file", lake.key(file));
    }
  },
  FILE_TRUNCATED {
    @Override
    Expected damage(LakeFiles lake, TableName table) throws IOException {
      Path file = someFile(lake, table);
      byte[] bytes = Files.readAllBytes(file);
      Files.write(
          file, ByteBuffer.allocate(bytes.length - 7).put(bytes, 0, bytes.length - 7).array());
      return new Expected("wrong-size", lake.key(file));
    }
  },
  FILE_REPLACED_BY_ONE_OF_OTHER_SIZE {
    @Override
    Expected damage(LakeFiles lake, TableName table) throws IOException {
      Path file = someFile(lake, table);
      parquet(file, 1);
      return new Expected("wrong-size", lake.key(file));
    }
  },
  /** Readers find a Parquet file's content from its end: padding before it does not hurt. */
  FILE_REPLACED_BY_ONE_OF_SAME_SIZE_WITH_OTHER_ROWS {
    @Override
    Expected damage(LakeFiles lake, TableName table) throws IOException {
      Path file = someFile(lake, table);
      int size = (int) Files.size(file);
      parquet(file, 1);
      byte[] small = Files.readAllBytes(file);
      Files.write(file, ByteBuffer.allocate(size).position(size - small.length).put(small).array());
      return new Expected("wrong-row-count", lake.key(file));
    }
  },
  FILE_REPLACED_BY_GARBAGE_OF_SAME_SIZE {
    @Override
    Expected damage(LakeFiles lake, TableName table) throws IOException {
      Path file = someFile(lake, table);
      Files.write(file, new byte[(int) Files.size(file)]);
      return new Expected("wrong-row-count", lake.key(file));
    }
  },
  STRAY_FILE_ADDED {
    @Override
    Expected damage(LakeFiles lake, TableName table) throws IOException {
      Path file = someFile(lake, table);
      Path stray = Files.copy(file, file.resolveSibling("stray.parquet"));
      return new Expected("stray-file", lake.key(stray));
    }
  },
  ENTRY_IN_THE_MIDDLE_DELETED {
    @Override
    Expected damage(LakeFiles lake, TableName table) throws IOException {
      List<Path> log = lake.log(table);
      Files.delete(log.get(1));
      return new Expected("broken-chain", lake.key(log.get(2)));
    }
  },
  FIRST_ENTRY_DELETED {
    @Override
    Expected damage(LakeFiles lake, TableName table) throws IOException {
      List<Path> log = lake.log(table);
      Files.delete(log.get(0));
      return new Expected("broken-chain", lake.key(log.get(1)));
    }
  },
  LAST_ENTRY_DELETED {
    @Override
    Expected damage(LakeFiles lake, TableName table) throws IOException {
      List<Path> log = lake.log(table);
      Path last = log.get(log.size() - 1);
      String file = json(last).path("files").path(0).path("path").asText();
      Files.delete(last);
      return new Expected("stray-file", lake.root().getFileName() + "/" + file);
    }
  },
  ENTRY_IS_GARBAGE {
    @Override
    Expected damage(LakeFiles lake, TableName table) throws IOException {
      Path entry = lake.log(table).get(1);
      Files.writeString(entry, "{ \"format\": 1, ", StandardCharsets.UTF_8);
      return new Expected("unreadable-entry", lake.key(entry));
    }
  },
  ENTRY_OF_ANOTHER_CHAIN_COPIED_IN {
    @Override
    Expected damage(LakeFiles lake, TableName table) throws IOException {
      List<Path> log = lake.log(table);
      Path child = log.get(log.size() - 1);
      // Where no entry stands, however many the child has.
      String free = json(child).path("records").path("last").asText() + ".json";
      Path copy = Files.copy(child, log.get(0).resolveSibling(free));
      return new Expected("unreadable-entry", lake.key(copy));
    }
  },
  RECORDS_COMMITTED_TWICE {
    @Override
    Expected damage(LakeFiles lake, TableName table) throws IOException {
      Path entry = lake.log(table).get(1);
      ObjectNode json = json(entry);
      ObjectNode records = (ObjectNode) json.get("records");
      // Claims that the end of what this commit holds was committed by another one again.
      String after = records.path("first").asText();
      records.put("first", records.path("last").asText());
      Path overlapping = entry.resolveSibling(after + ".json");
      write(overlapping, json.put("after", after));
      return new Expected("overlap", lake.key(overlapping));
    }
  },
  TOTALS_EDITED {
    @Override
    Expected damage(LakeFiles lake, TableName table) throws IOException {
      Path entry = lake.log(table).get(1);
      ObjectNode json = json(entry);
      ((ObjectNode) json.get("shardTotals")).put("records", 1_000_000);
      write(entry, json);
      return new Expected("wrong-totals", lake.key(entry));
    }
  },
  SHARD_ENDED_TOO_EARLY {
    @Override
    Expected damage(LakeFiles lake, TableName table) throws IOException {
      List<Path> log = lake.log(table);
      write(log.get(1), json(log.get(1)).put("end", true));
      return new Expected("entry-after-end", lake.key(log.get(2)));
    }
  },
  END_OF_PARENT_TAKEN_BACK {
    @Override
    Expected damage(LakeFiles lake, TableName table) throws IOException {
      Path first = null;
      for (Path entry : lake.log(table)) {
        ObjectNode json = json(entry);
        if (json.path("end").asBoolean()) {
          write(entry, json.put("end", false));
        }
        if (first == null && !json.path("parent").isNull()) {
          first = entry;
        }
      }
      return new Expected("child-before-parent-end", lake.key(Objects.requireNonNull(first)));
    }
  };

  /** Damages a lake; what fsck must find, perhaps beside other things. */
  abstract Expected damage(LakeFiles lake, TableName table) throws IOException;

  /** A finding. */
  record Expected(String damage, String key) {
    String finding() {
      return damage + " " + key;
    }
  }

  private static Path someFile(LakeFiles lake, TableName table) {
    return lake.data(table).get(1);
  }

  private static void parquet(Path file, int rows) throws IOException {
    Files.delete(file);
    SharedDuck.run("COPY (SELECT * FROM range(%d)) TO '%s' (FORMAT parquet)".formatted(rows, file));
  }

  private static ObjectNode json(Path file) {
    JsonNode json = LakeFiles.json(file);
    return (ObjectNode) json;
  }

  private static void write(Path file, JsonNode json) throws IOException {
    Files.writeString(file, new ObjectMapper().writeValueAsString(json));
  }
}
