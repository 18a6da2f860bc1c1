package dev.afterbay.sinks.tostorage;

import dev.afterbay.sinks.tostorage.ObjectStoreException.Kind;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectVersionsResponse;

/** A bucket of S3, with versioning or without. */
public final class S3Erasing implements Erasing {
  private final S3Client s3;
  private final String bucket;
  private final S3Failures failures;

  /** For one bucket. */
  public S3Erasing(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
    this.failures = new S3Failures(bucket);
  }

  /**
   * What the bucket keeps of an object.
   *
   * @param visible whether it can be seen
   */
  private record Version(ObjectKey key, String id, boolean visible) {}

  @Override
  public Optional<String> tagOf(ObjectKey key) {
    try {
      return Optional.of(s3.headObject(head -> head.bucket(bucket).key(key.value())).eTag());
    } catch (SdkException e) {
      if (S3Failures.isNoSuchKey(e)) {
        return Optional.empty();
      }
      throw failures.translate("head", key.value(), e);
    }
  }

  @Override
  public void replace(ObjectKey key, String tag, byte[] content) {
    try {
      s3.putObject(
          put ->
              put.bucket(bucket)
                  .key(key.value())
                  .ifMatch(tag)
                  .checksumCRC32(Crc32.of(ByteBuffer.wrap(content))),
          RequestBody.fromBytes(content));
    } catch (SdkException e) {
      if (S3Failures.isPreconditionFailed(e) || S3Failures.isNoSuchKey(e)) {
        throw new ObjectStoreException(
            Kind.UNAVAILABLE,
            "'" + key + "' was changed by another process meanwhile; repeat the command",
            e);
      }
      throw failures.translate("replace", key.value(), e);
    }
  }

  @Override
  public long delete(ObjectKey key) {
    List<Version> versions =
        versions(key.value()).stream().filter(version -> version.key().equals(key)).toList();
    // The visible one last: until then the object is found by whoever repeats this.
    versions.stream().filter(version -> !version.visible()).forEach(this::delete);
    versions.stream().filter(Version::visible).forEach(this::delete);
    if (versions.isEmpty()) {
      delete(key, null);
    }
    return versions.stream().filter(version -> !version.visible()).count();
  }

  @Override
  public long forget(String prefix) {
    List<Version> versions =
        versions(prefix).stream().filter(version -> !version.visible()).toList();
    versions.forEach(this::delete);
    return versions.size();
  }

  private void delete(Version version) {
    delete(version.key(), version.id());
  }

  private void delete(ObjectKey key, @Nullable String version) {
    failures.translating(
        "delete",
        key.value(),
        () -> s3.deleteObject(delete -> delete.bucket(bucket).key(key.value()).versionId(version)));
  }

  /** All versions; after those of all objects the marks of deletion, which hide what is older. */
  private List<Version> versions(String prefix) {
    List<Version> versions = new ArrayList<>();
    List<Version> marks = new ArrayList<>();
    try {
      for (ListObjectVersionsResponse page :
          s3.listObjectVersionsPaginator(list -> list.bucket(bucket).prefix(prefix))) {
        page.versions()
            .forEach(
                each ->
                    versions.add(
                        new Version(new ObjectKey(each.key()), each.versionId(), each.isLatest())));
        page.deleteMarkers()
            .forEach(
                each -> marks.add(new Version(new ObjectKey(each.key()), each.versionId(), false)));
      }
    } catch (SdkException e) {
      if (S3Failures.isNotImplemented(e)) {
        return List.of();
      }
      throw failures.translate("list the versions of", prefix, e);
    }
    versions.addAll(marks);
    return versions;
  }
}
