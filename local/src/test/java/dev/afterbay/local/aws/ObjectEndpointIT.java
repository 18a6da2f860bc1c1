package dev.afterbay.local.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.CompletedPart;
import software.amazon.awssdk.services.s3.model.NoSuchKeyException;
import software.amazon.awssdk.services.s3.model.S3Exception;
import software.amazon.awssdk.services.s3.model.S3Object;

class ObjectEndpointIT {
  private static final String BUCKET = "afterbay";
  private static final int PART_BYTES = 5 * 1024 * 1024;

  @TempDir static Path dir;

  private static LocalAws aws;
  private static LocalClients clients;
  private static S3Client s3;

  @BeforeAll
  static void start() {
    aws = LocalAws.start(dir, 0, 0);
    clients = new LocalClients(aws.endpoints());
    s3 = clients.objects();
  }

  @AfterAll
  static void stop() {
    clients.close();
    aws.close();
  }

  @Test
  void anObjectIsAPlainFile() throws IOException {
    put("plain/a=1/file.txt", "hello");

    Path file = aws.endpoints().bucketDir().resolve("plain/a=1/file.txt");

    assertThat(file).isEqualTo(dir.resolve("afterbay/plain/a=1/file.txt"));
    assertThat(Files.readString(file)).isEqualTo("hello");
  }

  @Test
  void onlyTheFirstPutIfAbsentWins() {
    s3.putObject(
        r -> r.bucket(BUCKET).key("absent/1").ifNoneMatch("*"), RequestBody.fromString("first"));

    assertThatThrownBy(
            () ->
                s3.putObject(
                    r -> r.bucket(BUCKET).key("absent/1").ifNoneMatch("*"),
                    RequestBody.fromString("second")))
        .isInstanceOfSatisfying(S3Exception.class, e -> assertThat(e.statusCode()).isEqualTo(412));
    assertThat(text("absent/1")).isEqualTo("first");
  }

  @Test
  void aMultipartUploadIsInvisibleUntilItIsCompleted() {
    String key = "multipart/big";
    String upload = s3.createMultipartUpload(r -> r.bucket(BUCKET).key(key)).uploadId();
    String first = part(key, upload, 1, new byte[PART_BYTES]);
    String second = part(key, upload, 2, new byte[] {1, 2, 3});

    assertThatThrownBy(() -> s3.headObject(r -> r.bucket(BUCKET).key(key)))
        .isInstanceOf(NoSuchKeyException.class);
    assertThat(keys("multipart/")).isEmpty();

    s3.completeMultipartUpload(
        r ->
            r.bucket(BUCKET)
                .key(key)
                .uploadId(upload)
                .multipartUpload(
                    m ->
                        m.parts(
                            CompletedPart.builder().partNumber(1).eTag(first).build(),
                            CompletedPart.builder().partNumber(2).eTag(second).build())));

    assertThat(keys("multipart/")).containsExactly(key);
    assertThat(s3.headObject(r -> r.bucket(BUCKET).key(key)).contentLength())
        .isEqualTo(PART_BYTES + 3);
    byte[] tail =
        s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(key).range("bytes=-3")).asByteArray();
    assertThat(tail).containsExactly(1, 2, 3);
  }

  @Test
  void anAbortedUploadLeavesNothing() {
    String key = "aborted/file";
    String upload = s3.createMultipartUpload(r -> r.bucket(BUCKET).key(key)).uploadId();
    part(key, upload, 1, new byte[] {1});
    s3.abortMultipartUpload(r -> r.bucket(BUCKET).key(key).uploadId(upload));

    assertThat(keys("aborted/")).isEmpty();
    assertThat(s3.listMultipartUploads(r -> r.bucket(BUCKET).prefix("aborted/")).uploads())
        .isEmpty();
  }

  @Test
  void aListingIsSortedAndStartsAfterTheNamedKey() {
    for (String name : new String[] {"b", "a", "c"}) {
      put("list/" + name, name);
    }

    assertThat(keys("list/")).containsExactly("list/a", "list/b", "list/c");
    assertThat(
            s3
                .listObjectsV2(r -> r.bucket(BUCKET).prefix("list/").startAfter("list/a"))
                .contents()
                .stream()
                .map(S3Object::key))
        .containsExactly("list/b", "list/c");
  }

  @Test
  void theBucketIsTheOnlyOne() {
    assertThat(s3.listBuckets().buckets()).extracting(b -> b.name()).containsExactly(BUCKET);
  }

  private static List<String> keys(String prefix) {
    return s3.listObjectsV2(r -> r.bucket(BUCKET).prefix(prefix)).contents().stream()
        .map(S3Object::key)
        .toList();
  }

  private static void put(String key, String text) {
    s3.putObject(r -> r.bucket(BUCKET).key(key), RequestBody.fromString(text));
  }

  private static String part(String key, String upload, int number, byte[] bytes) {
    return s3.uploadPart(
            r -> r.bucket(BUCKET).key(key).uploadId(upload).partNumber(number),
            RequestBody.fromBytes(bytes))
        .eTag();
  }

  private static String text(String key) {
    return s3.getObjectAsBytes(r -> r.bucket(BUCKET).key(key)).asUtf8String();
  }
}
