package dev.afterbay.sinks.tostorage;

import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.core.ResponseBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ChecksumAlgorithm;
import software.amazon.awssdk.services.s3.model.ChecksumType;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.GetObjectResponse;

/** One S3 bucket. Any thread may use it; closing the client is its owner's business. */
public final class S3ObjectStore implements ObjectStore, Notices {
  private static final String OCTETS = "application/octet-stream";

  private final S3Client s3;
  private final String bucket;
  private final S3Failures failures;

  /** The bucket, reached through a client that is set up as {@link S3Connections} does. */
  public S3ObjectStore(S3Client s3, String bucket) {
    this.s3 = s3;
    this.bucket = bucket;
    this.failures = new S3Failures(bucket);
  }

  @Override
  public PutAnswer putIfAbsent(ObjectKey key, byte[] content) {
    try {
      s3.putObject(
          put ->
              put.bucket(bucket)
                  .key(key.value())
                  .ifNoneMatch("*")
                  .checksumCRC32(Crc32.of(ByteBuffer.wrap(content))),
          RequestBody.fromBytes(content));
      return new PutAnswer.Created();
    } catch (SdkException e) {
      return S3Failures.isPreconditionFailed(e)
          ? new PutAnswer.Occupied()
          : new PutAnswer.Unknown(failures.describe("put", key.value(), e));
    }
  }

  @Override
  public void post(ObjectKey key, byte[] content) {
    try {
      s3.putObject(
          put ->
              put.bucket(bucket).key(key.value()).checksumCRC32(Crc32.of(ByteBuffer.wrap(content))),
          RequestBody.fromBytes(content));
    } catch (SdkException e) {
      throw failures.translate("put", key.value(), e);
    }
  }

  @Override
  public Optional<byte[]> get(ObjectKey key) {
    return read("get", key, () -> s3.getObjectAsBytes(get -> get.bucket(bucket).key(key.value())));
  }

  @Override
  public Optional<byte[]> get(ObjectKey key, long offset, int length) {
    String range = "bytes=" + offset + "-" + (offset + length - 1);
    return read(
        "get",
        key,
        () -> s3.getObjectAsBytes(get -> get.bucket(bucket).key(key.value()).range(range)));
  }

  @Override
  public Optional<StoredObject> head(ObjectKey key) {
    try {
      long size = s3.headObject(head -> head.bucket(bucket).key(key.value())).contentLength();
      return Optional.of(new StoredObject(key, size));
    } catch (SdkException e) {
      if (S3Failures.isNoSuchKey(e)) {
        return Optional.empty();
      }
      throw failures.translate("head", key.value(), e);
    }
  }

  @Override
  public Stream<StoredObject> list(String prefix, String startAfter) {
    Stream<StoredObject> objects =
        failures.translating(
            "list",
            prefix,
            () ->
                s3
                    .listObjectsV2Paginator(
                        list ->
                            list.bucket(bucket)
                                .prefix(prefix)
                                .startAfter(startAfter.isEmpty() ? null : startAfter))
                    .contents()
                    .stream()
                    .filter(object -> !object.key().endsWith("/"))
                    .map(object -> new StoredObject(new ObjectKey(object.key()), object.size())));
    return failures.translatingStream("list", prefix, objects);
  }

  @Override
  public UploadId begin(ObjectKey key) {
    return failures.translating(
        "begin an upload of",
        key.value(),
        () ->
            new UploadId(
                s3.createMultipartUpload(
                        create ->
                            create
                                .bucket(bucket)
                                .key(key.value())
                                .checksumAlgorithm(ChecksumAlgorithm.CRC32)
                                .checksumType(ChecksumType.COMPOSITE))
                    .uploadId()));
  }

  @Override
  public UploadedPart uploadPart(ObjectKey key, UploadId upload, int number, ByteBuffer content) {
    String crc32 = Crc32.of(content);
    int size = content.remaining();
    String etag =
        failures.translating(
            "upload part " + number + " of",
            key.value(),
            () ->
                s3.uploadPart(
                        part ->
                            part.bucket(bucket)
                                .key(key.value())
                                .uploadId(upload.value())
                                .partNumber(number)
                                .checksumCRC32(crc32),
                        body(content))
                    .eTag());
    return new UploadedPart(number, etag, crc32, size);
  }

  @Override
  public CompleteAnswer complete(StagedUpload staged) {
    List<CompletedPart> parts = staged.parts().stream().map(S3ObjectStore::completed).toList();
    try {
      s3.completeMultipartUpload(
          complete ->
              complete
                  .bucket(bucket)
                  .key(staged.key().value())
                  .uploadId(staged.upload().value())
                  .multipartUpload(upload -> upload.parts(parts)));
      return new CompleteAnswer.Completed();
    } catch (SdkException e) {
      return S3Failures.isNoSuchUpload(e)
          ? new CompleteAnswer.NoSuchUpload()
          : new CompleteAnswer.Unknown(failures.describe("complete", staged.key().value(), e));
    }
  }

  @Override
  public void abort(ObjectKey key, UploadId upload) {
    try {
      s3.abortMultipartUpload(
          abort -> abort.bucket(bucket).key(key.value()).uploadId(upload.value()));
    } catch (SdkException e) {
      if (!S3Failures.isNoSuchUpload(e)) {
        throw failures.translate("abort the upload of", key.value(), e);
      }
    }
  }

  @Override
  public CopyAnswer copy(ObjectKey from, ObjectKey to) {
    try {
      s3.copyObject(
          copy ->
              copy.sourceBucket(bucket)
                  .sourceKey(from.value())
                  .destinationBucket(bucket)
                  .destinationKey(to.value()));
      return CopyAnswer.COPIED;
    } catch (SdkException e) {
      if (S3Failures.isNoSuchKey(e)) {
        return CopyAnswer.NO_SUCH_OBJECT;
      }
      throw failures.translate("copy", from.value(), e);
    }
  }

  @Override
  public void delete(ObjectKey key) {
    try {
      s3.deleteObject(delete -> delete.bucket(bucket).key(key.value()));
    } catch (SdkException e) {
      throw failures.translate("delete", key.value(), e);
    }
  }

  @Override
  public UploadState stateOf(ObjectKey key, UploadId upload) {
    try {
      // Stand-ins list no parts, where S3 says that there is no such upload.
      boolean hasParts =
          s3.listParts(
                  list -> list.bucket(bucket).key(key.value()).uploadId(upload.value()).maxParts(1))
              .hasParts();
      return hasParts ? UploadState.STAGED : UploadState.GONE;
    } catch (SdkException e) {
      if (S3Failures.isNoSuchUpload(e)) {
        return UploadState.GONE;
      }
      throw failures.translate("list the parts of", key.value(), e);
    }
  }

  /** The bytes as they stand, where the SDK's own way would copy them first. */
  private static RequestBody body(ByteBuffer content) {
    if (!content.hasArray()) {
      return RequestBody.fromRemainingByteBuffer(content.duplicate());
    }
    byte[] array = content.array();
    int offset = content.arrayOffset() + content.position();
    int length = content.remaining();
    return RequestBody.fromContentProvider(
        () -> new ByteArrayInputStream(array, offset, length), length, OCTETS);
  }

  private Optional<byte[]> read(
      String verb, ObjectKey key, S3Failures.Request<ResponseBytes<GetObjectResponse>> request) {
    try {
      return Optional.of(request.send().asByteArrayUnsafe());
    } catch (SdkException e) {
      if (S3Failures.isNoSuchKey(e)) {
        return Optional.empty();
      }
      throw failures.translate(verb, key.value(), e);
    }
  }

  private static CompletedPart completed(UploadedPart part) {
    return CompletedPart.builder()
        .partNumber(part.number())
        .eTag(part.etag())
        .checksumCRC32(part.crc32())
        .build();
  }
}
