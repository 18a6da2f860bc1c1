package dev.afterbay.consumer.doctor;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.LakeLocation;
import dev.afterbay.consumer.preflight.BucketProbe;
import dev.afterbay.consumer.preflight.SchemaProbe;
import dev.afterbay.sinks.schema.SchemaLog;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.BucketVersioningStatus;
import software.amazon.awssdk.services.s3.model.ExpirationStatus;
import software.amazon.awssdk.services.s3.model.HeadBucketResponse;
import software.amazon.awssdk.services.s3.model.LifecycleRule;
import software.amazon.awssdk.services.s3.model.PublicAccessBlockConfiguration;
import software.amazon.awssdk.services.s3.model.ServerSideEncryptionByDefault;

/** Whether the lake's bucket is there, is set as it should be, and can be written and read. */
final class BucketChecks {
  static final String BUCKET = "bucket";

  /** A worker that stopped between commit and publish needs its uploads when it comes back. */
  private static final int UPLOADS_LIVE_DAYS = 7;

  private static final int NOT_IMPLEMENTED = 501;

  /** The answers of S3 where a setting was never made. */
  private static final Set<String> UNSET =
      Set.of(
          "NoSuchPublicAccessBlockConfiguration",
          "NoSuchLifecycleConfiguration",
          "ServerSideEncryptionConfigurationNotFoundError");

  private final AfterbayConfig config;
  private final S3Client s3;
  private final Arns arns;
  private final String bucket;
  private final AwsCommand aws;

  BucketChecks(AfterbayConfig config, S3Client s3, Arns arns) {
    this.config = config;
    this.s3 = s3;
    this.arns = arns;
    this.bucket = config.lake().bucket();
    this.aws = AwsCommand.of(config);
  }

  void look(Examination.Part part) {
    part.check(
        BUCKET,
        List.of(),
        PolicyStatement.allowing("s3:ListBucket", arns.bucket(bucket)),
        this::exists);
    setting(part, "bucket versioning", "s3:GetBucketVersioning", this::versioning);
    setting(part, "public access", "s3:GetBucketPublicAccessBlock", this::publicAccess);
    setting(part, "bucket lifecycle", "s3:GetLifecycleConfiguration", this::lifecycle);
    setting(part, "bucket encryption", "s3:GetEncryptionConfiguration", this::encryption);
    new StoreProbe(s3, config.lake(), arns).lookAtLake(part);
    LakeLocation exports = config.reconciliation().exports();
    if (!exports.bucket().equals(bucket)) {
      new StoreProbe(s3, exports, arns).lookElsewhere(part, "exports", config.lake());
    }
    part.check("schemas", List.of("lake read"), this::schemas);
  }

  private Outcome exists() {
    new BucketProbe(config, s3).check();
    HeadBucketResponse head = s3.headBucket(request -> request.bucket(bucket));
    String region = Optional.ofNullable(head.bucketRegion()).orElse(config.region());
    return region.equals(config.region())
        ? Outcome.ok("%s is there, in %s".formatted(bucket, region))
        : Outcome.failed(
            "the lake's bucket '%s' is in %s, not in %s".formatted(bucket, region, config.region()),
            "set 'region' to the region of bucket and tables");
  }

  /** Settings that a worker need not know: who may not see them is only told so. */
  private void setting(Examination.Part part, String name, String action, Examination.Look look) {
    part.check(
        name,
        List.of(BUCKET),
        () -> {
          try {
            return look.look();
          } catch (AwsServiceException e) {
            if (Examination.denial(e).isPresent()) {
              return Outcome.warn(
                  "this caller may not see it (the service does not need to)",
                  PolicyStatement.allowing(action, arns.bucket(bucket)).advice());
            }
            if (e.statusCode() == NOT_IMPLEMENTED && config.endpoints().local()) {
              return Outcome.skipped("this endpoint has no such setting");
            }
            throw e;
          }
        });
  }

  private Outcome versioning() {
    BucketVersioningStatus status = s3.getBucketVersioning(r -> r.bucket(bucket)).status();
    if (status == null && config.endpoints().local()) {
      return Outcome.skipped("this endpoint keeps no versions");
    }
    return status == BucketVersioningStatus.ENABLED
        ? Outcome.ok("on: what is deleted by mistake can be had back")
        : Outcome.warn(
            "off: what is deleted by mistake is gone",
            aws.s3api(
                "put-bucket-versioning", bucket, "--versioning-configuration Status=Enabled"));
  }

  private Outcome publicAccess() {
    Optional<PublicAccessBlockConfiguration> block =
        ifSet(
            () ->
                Optional.of(
                    s3.getPublicAccessBlock(r -> r.bucket(bucket))
                        .publicAccessBlockConfiguration()));
    boolean all =
        block
            .filter(set -> Boolean.TRUE.equals(set.blockPublicAcls()))
            .filter(set -> Boolean.TRUE.equals(set.ignorePublicAcls()))
            .filter(set -> Boolean.TRUE.equals(set.blockPublicPolicy()))
            .filter(set -> Boolean.TRUE.equals(set.restrictPublicBuckets()))
            .isPresent();
    return all
        ? Outcome.ok("blocked altogether")
        : Outcome.failed(
            "not blocked altogether; the lake holds every item",
            aws.s3api(
                "put-public-access-block",
                bucket,
                "--public-access-block-configuration BlockPublicAcls=true,IgnorePublicAcls=true,"
                    + "BlockPublicPolicy=true,RestrictPublicBuckets=true"));
  }

  private Outcome lifecycle() {
    List<LifecycleRule> rules =
        ifSet(() -> Optional.of(s3.getBucketLifecycleConfiguration(r -> r.bucket(bucket)).rules()))
            .orElse(List.of())
            .stream()
            .filter(rule -> rule.status() == ExpirationStatus.ENABLED)
            .toList();
    Lifecycle lifecycle = new Lifecycle(config.lake().prefix(), rules);
    Optional<String> expiring = lifecycle.expiring();
    if (expiring.isPresent()) {
      return Outcome.failed(
          "rule '%s' expires objects of the lake".formatted(expiring.get()),
          "limit the rule to a prefix outside of "
              + config.lake()
              + " (only exports and query results may expire)");
    }
    Optional<Integer> days = lifecycle.daysOfUploads();
    if (days.isEmpty()) {
      return Outcome.warn(
          "no rule aborts incomplete uploads: what killed workers leave is paid for ever",
          aws.s3api(
                      "put-bucket-lifecycle-configuration",
                      bucket,
                      "--lifecycle-configuration '{\"Rules\":[{\"ID\":\"uploads\",\"Status\":\"Enabled\","
                          + "\"Filter\":{},\"AbortIncompleteMultipartUpload\":"
                          + "{\"DaysAfterInitiation\":%d}}]}'")
                  .formatted(UPLOADS_LIVE_DAYS)
              + " (it replaces the bucket's other rules: list them too)");
    }
    return days.get() >= UPLOADS_LIVE_DAYS
        ? Outcome.ok("incomplete uploads are aborted after %d days".formatted(days.get()))
        : Outcome.failed(
            "incomplete uploads are aborted after %d days: what a stopped worker has committed and"
                    .formatted(days.get())
                + " not yet published would be lost",
            "set DaysAfterInitiation of that rule to %d or more".formatted(UPLOADS_LIVE_DAYS));
  }

  private Outcome encryption() {
    Optional<ServerSideEncryptionByDefault> set =
        ifSet(
            () ->
                s3
                    .getBucketEncryption(r -> r.bucket(bucket))
                    .serverSideEncryptionConfiguration()
                    .rules()
                    .stream()
                    .map(rule -> rule.applyServerSideEncryptionByDefault())
                    .findFirst());
    return Outcome.ok(
        set.map(
                by ->
                    by.sseAlgorithmAsString()
                        + (by.kmsMasterKeyID() == null ? "" : " with " + by.kmsMasterKeyID()))
            .orElse("S3's own (AES256)"));
  }

  private Outcome schemas() {
    new SchemaProbe(new SchemaLog(new S3ObjectStore(s3, bucket), new Lake(config.lake().prefix())))
        .check(config.tables());
    return Outcome.ok("the declared columns are as the lake has them");
  }

  private static <T> Optional<T> ifSet(Supplier<Optional<T>> setting) {
    try {
      return setting.get();
    } catch (AwsServiceException e) {
      if (UNSET.contains(DryCalls.code(e))) {
        return Optional.empty();
      }
      throw e;
    }
  }
}
