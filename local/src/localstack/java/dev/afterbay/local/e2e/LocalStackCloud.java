package dev.afterbay.local.e2e;

import dev.afterbay.local.aws.LocalClients;
import dev.afterbay.local.aws.LocalEndpoints;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.testcontainers.localstack.LocalStackContainer;
import org.testcontainers.utility.DockerImageName;
import software.amazon.awssdk.services.s3.model.S3Object;

/** LocalStack in a container; the bucket's folder is a copy of its objects. */
public final class LocalStackCloud implements Cloud {
  private static final String BUCKET = "afterbay";
  private static final DockerImageName IMAGE =
      DockerImageName.parse(
          System.getProperty("afterbay.it.localstack.image", "localstack/localstack:4"));

  private final LocalStackContainer container;
  private final LocalEndpoints endpoints;
  private final LocalClients clients;

  private LocalStackCloud(Path dir) {
    container = new LocalStackContainer(IMAGE).withServices("dynamodb", "dynamodbstreams", "s3");
    container.start();
    endpoints =
        new LocalEndpoints(
            container.getEndpoint(),
            container.getEndpoint(),
            container.getRegion(),
            LocalEndpoints.CREDENTIAL,
            LocalEndpoints.CREDENTIAL,
            BUCKET,
            dir.resolve(BUCKET));
    clients = new LocalClients(endpoints);
    clients.objects().createBucket(r -> r.bucket(BUCKET));
  }

  @Override
  public LocalEndpoints endpoints() {
    return endpoints;
  }

  @Override
  public void refresh() {
    clients
        .objects()
        .listObjectsV2Paginator(r -> r.bucket(BUCKET))
        .contents()
        .forEach(this::copyIfNew);
  }

  /** An object of the lake never changes: one that is there is up to date. */
  private void copyIfNew(S3Object object) {
    Path file = endpoints.bucketDir().resolve(object.key());
    try {
      if (!Files.exists(file)) {
        Files.createDirectories(file.getParent());
        Path partial = Files.createTempFile(endpoints.bucketDir(), ".partial-", "");
        Files.write(
            partial,
            clients
                .objects()
                .getObjectAsBytes(r -> r.bucket(BUCKET).key(object.key()))
                .asByteArray());
        Files.move(partial, file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * None. LocalStack rolls shards when it likes; the files of its exports are not those that
   * DynamoDB writes.
   */
  @Override
  public Set<Ability> abilities() {
    return Set.of();
  }

  @Override
  public void rollShards() {
    throw new UnsupportedOperationException("LocalStack rolls shards when it likes");
  }

  @Override
  public void close() {
    clients.close();
    container.stop();
  }

  /** Starts a container for each class of tests. */
  public static final class Provider implements Cloud.Provider {
    @Override
    public Cloud start(Path dir) {
      return new LocalStackCloud(dir);
    }
  }
}
