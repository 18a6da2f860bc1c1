package dev.afterbay.local.torture;

import dev.afterbay.local.aws.LocalEndpoints;
import dev.afterbay.local.torture.verdict.LakeFiles;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** What a torture leaves behind in its directory. */
record TortureFiles(Path dir, LocalEndpoints endpoints) {
  private static final String LAKE = "lake";
  private static final String APPLICATION = "torture";

  /** Short commits, so that something is always under way; the cuts need not be the same. */
  private static final List<String> POLICIES =
      List.of(
          "{ max-age: 2s, max-records: 60 }",
          "{ max-age: 3s, max-records: 250 }",
          "{ max-age: 1s }",
          "{ max-age: 2500ms, max-bytes: 64KiB }");

  /** Makes the folders; refuses a directory that has a lake already. */
  static TortureFiles in(Path dir, LocalEndpoints endpoints) {
    TortureFiles files = new TortureFiles(dir, endpoints);
    if (Files.exists(files.lake())) {
      throw new TortureException(
          "There is a lake in %s already; choose another --dir.".formatted(files.lake()));
    }
    try {
      Files.createDirectories(files.logs());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return files;
  }

  Path lake() {
    return endpoints.bucketDir().resolve(LAKE);
  }

  Path logs() {
    return dir.resolve("workers");
  }

  Path journal() {
    return dir.resolve("journal.log");
  }

  /** The name of the lease table. */
  static String leaseTable(TableName table) {
    return APPLICATION + "-" + table;
  }

  /** Writes the configuration of the n-th worker, counted from 0. */
  Path workerConfig(int worker, Decoding decoding, TableName table, URI dynamodb, URI s3) {
    String policy = POLICIES.get(worker % POLICIES.size());
    String name = "worker-" + (worker + 1) + ".yaml";
    return config(name, table, dynamodb, s3, policy, decoding.ofWorker(worker));
  }

  /** Writes the configuration of whoever asks the lake, past all faults. */
  Path readerConfig(TableName table, URI dynamodb) {
    return config(
        "afterbay.yaml", table, dynamodb, endpoints.s3(), POLICIES.get(0), Decoding.LEAN.title());
  }

  private Path config(
      String name, TableName table, URI dynamodb, URI s3, String policy, String decode) {
    Path file = dir.resolve(name);
    try {
      return Files.writeString(
          file,
          """
          application: %s
          region: %s
          endpoints:
            dynamodb: %s
            s3: %s
          lake: s3://%s/%s
          commit: %s
          start: trim-horizon
          tables:
            - name: %s
              entities: [ { name: %s } ]
          liveness: { patience: 60s }
          http: { port: 0 }
          decode: %s
          """
              .formatted(
                  APPLICATION,
                  endpoints.region(),
                  dynamodb,
                  s3,
                  endpoints.bucket(),
                  LAKE,
                  policy,
                  table,
                  LakeFiles.TYPED_TABLE,
                  decode));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
