package dev.afterbay.local.e2e;

import dev.afterbay.local.aws.LocalEndpoints;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * Where the end-to-end tests have DynamoDB, its streams and S3: embedded in this process, unless a
 * profile of the build puts another {@link Provider} on the class path.
 */
public interface Cloud extends AutoCloseable {
  /** What not every cloud can do. */
  enum Ability {
    /** Its stream shards roll over when asked to. */
    ROLLS_SHARDS,
    /** It exports tables as DynamoDB does, with manifests and checksums. */
    EXPORTS,
    /** The files of the bucket's folder are the objects: whoever changes one changes the other. */
    OBJECTS_ARE_FILES
  }

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

  /** What tests may ask of it beyond DynamoDB, its streams and S3. */
  Set<Ability> abilities();

  /**
   * Closes every open stream shard and opens a child of it.
   *
   * @throws UnsupportedOperationException if it cannot roll shards
   */
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
