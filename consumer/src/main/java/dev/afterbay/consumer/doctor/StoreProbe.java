package dev.afterbay.consumer.doctor;

import dev.afterbay.consumer.config.LakeLocation;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.core.sync.ResponseTransformer;
import software.amazon.awssdk.services.s3.S3Client;

/**
 * An object that is written, read and removed again under a place in S3, to see whether the place
 * can be used. Its key is new each time, so that two doctors do not meet.
 */
final class StoreProbe {
  private static final int NOT_FOUND = 404;
  private static final int PRECONDITION_FAILED = 412;
  private static final byte[] FIRST = "afterbay doctor: first".getBytes(StandardCharsets.UTF_8);
  private static final byte[] SECOND = "afterbay doctor: second".getBytes(StandardCharsets.UTF_8);

  private final S3Client s3;
  private final LakeLocation place;
  private final Arns arns;
  private final String key;

  StoreProbe(S3Client s3, LakeLocation place, Arns arns) {
    this.s3 = s3;
    this.place = place;
    this.arns = arns;
    String prefix = place.prefix().isEmpty() ? "" : place.prefix() + "/";
    this.key = prefix + "_afterbay/doctor/" + UUID.randomUUID();
  }

  /** Looks at the place of the lake, whose commit log needs puts that do not overwrite. */
  void lookAtLake(Examination.Part part) {
    String write = look(part, "lake", BucketChecks.BUCKET);
    part.check("lake put-if-absent", List.of(write), allowing("s3:PutObject"), this::writeAgain);
    clean(part, "lake", write);
  }

  /**
   * Looks at another place.
   *
   * @param what its name, with which the names of its checks begin
   * @param lake whose bucket has been looked at
   */
  void lookElsewhere(Examination.Part part, String what, LakeLocation lake) {
    String bucket = BucketChecks.BUCKET;
    if (!place.bucket().equals(lake.bucket())) {
      bucket = what + " bucket";
      part.check(
          bucket,
          List.of("identity"),
          PolicyStatement.allowing("s3:ListBucket", arns.bucket(place.bucket())),
          this::bucket);
    }
    clean(part, what, look(part, what, bucket));
  }

  private String look(Examination.Part part, String what, String bucket) {
    String write = what + " write";
    part.check(write, List.of(bucket), allowing("s3:PutObject"), this::write);
    part.check(what + " read", List.of(write), allowing("s3:GetObject"), this::read);
    part.check(what + " uploads", List.of(write), this::upload);
    return write;
  }

  private void clean(Examination.Part part, String what, String write) {
    part.check(what + " clean-up", List.of(write), this::remove);
  }

  private Outcome bucket() {
    try {
      s3.headBucket(head -> head.bucket(place.bucket()));
      return Outcome.ok(place.bucket() + " is there");
    } catch (AwsServiceException e) {
      if (e.statusCode() != NOT_FOUND) {
        throw e;
      }
      return Outcome.failed(
          "the bucket '" + place.bucket() + "' does not exist",
          "aws s3 mb s3://" + place.bucket() + " --region " + arns.region());
    }
  }

  private PolicyStatement allowing(String action) {
    return PolicyStatement.allowing(action, arns.objects(place));
  }

  private Outcome write() {
    boolean unused = putIfAbsent(FIRST);
    return Outcome.ok("a probe can be written under " + place);
  }

  private Outcome writeAgain() {
    return putIfAbsent(SECOND)
        ? Outcome.failed(
            "If-None-Match is not honoured: a second put replaced the first, so that two workers"
                + " could both commit",
            "use a bucket of S3 itself, or an endpoint that honours If-None-Match on PUT")
        : Outcome.ok("a second put of the probe was refused (412), as the commit log needs it");
  }

  /** Whether it was put; of a first put that was refused, an earlier attempt has succeeded. */
  private boolean putIfAbsent(byte[] content) {
    try {
      s3.putObject(
          put -> put.bucket(place.bucket()).key(key).ifNoneMatch("*"),
          RequestBody.fromBytes(content));
      return true;
    } catch (AwsServiceException e) {
      if (e.statusCode() == PRECONDITION_FAILED) {
        return false;
      }
      throw e;
    }
  }

  private Outcome read() {
    byte[] content =
        s3.getObject(get -> get.bucket(place.bucket()).key(key), ResponseTransformer.toBytes())
            .asByteArray();
    return Arrays.equals(content, FIRST) || Arrays.equals(content, SECOND)
        ? Outcome.ok("the probe reads as it was written")
        : Outcome.failed(
            "the probe reads otherwise than it was written", "look at what stands before S3");
  }

  private Outcome upload() {
    DryCalls calls = new DryCalls();
    String objects = arns.objects(place);
    String[] upload = new String[1];
    calls.tried(
        "s3:PutObject",
        objects,
        () ->
            upload[0] =
                s3.createMultipartUpload(create -> create.bucket(place.bucket()).key(key))
                    .uploadId());
    if (upload[0] != null) {
      calls.tried(
          "s3:ListMultipartUploadParts",
          objects,
          () -> s3.listParts(r -> r.bucket(place.bucket()).key(key).uploadId(upload[0])));
      calls.tried(
          "s3:AbortMultipartUpload",
          objects,
          () ->
              s3.abortMultipartUpload(r -> r.bucket(place.bucket()).key(key).uploadId(upload[0])));
    }
    return calls.outcome();
  }

  private Outcome remove() {
    try {
      s3.deleteObject(delete -> delete.bucket(place.bucket()).key(key));
      return Outcome.ok("the probe is removed");
    } catch (AwsServiceException e) {
      if (Examination.denial(e).isEmpty()) {
        throw e;
      }
      return Outcome.warn(
          "the probe s3://%s/%s stays, because it may not be removed"
              .formatted(place.bucket(), key),
          PolicyStatement.allowing(
                  "s3:DeleteObject",
                  arns.objects(
                      new LakeLocation(place.bucket(), key.substring(0, key.lastIndexOf('/')))))
              .advice());
    }
  }
}
