package dev.afterbay.local.e2e;

import dev.afterbay.local.aws.LocalEndpoints;
import java.nio.file.Path;
import java.util.ServiceLoader;

/**
 * Where the end-to-end tests have DynamoDB, its streams and S3: embedded in this process, unless a
 * profile of the build puts another {@link Provider} on the class path.
 */
public interface Cloud extends AutoCloseable {
  /** Starts the one that this build has. */
  static Cloud start(Path dir) {
    return ServiceLoader.load(Provider.class)
        .findFirst()
        .map(provider -> provider.start(dir))
        .orElseGet(() -> EmbeddedCloud.start(dir));
  }

  /** Where clients find it; its bucket's folder holds the objects as files, once refreshed. */
  LocalEndpoints endpoints();

  /** Brings the bucket's folder up to date. */
  void refresh();

  /** Closes every open stream shard and opens a child of it. */
  void rollShards();

  @Override
  void close();

  /** What starts another cloud. */
  interface Provider {
    /**
     * Starts it.
     *
     * @param dir for its files
     */
    Cloud start(Path dir);
  }
}
