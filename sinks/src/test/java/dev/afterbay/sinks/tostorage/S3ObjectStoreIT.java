package dev.afterbay.sinks.tostorage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.afterbay.sinks.tostorage.ObjectStoreException.Kind;
import dev.afterbay.sinks.tostorage.OpenUploads.OpenUpload;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.gaul.s3proxy.S3Proxy;
import org.gaul.s3proxy.auth.AuthenticationType;
import org.gaul.s3proxy.nio2blob.FilesystemNio2BlobStore;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.s3.S3Client;

class S3ObjectStoreIT extends ObjectStoreContract {
  private static final String BUCKET = "lake";

  @TempDir static Path root;
  private static S3Proxy server;
  private static S3Client client;

  @BeforeAll
  static void start() throws Exception {
    server =
        S3Proxy.builder()
            .blobStore(new FilesystemNio2BlobStore(root.toString()))
            .endpoint(URI.create("http://127.0.0.1:0"))
            .awsAuthentication(AuthenticationType.NONE, "", "")
            .ignoreUnknownHeaders(true)
            .build();
    server.start();
    client = LoopbackS3.at(server.getPort());
    client.createBucket(create -> create.bucket(BUCKET));
  }

  @AfterAll
  static void stop() throws Exception {
    client.close();
    server.stop();
  }

  @Override
  ObjectStore store() {
    return new S3ObjectStore(client, BUCKET);
  }

  @Test
  void uploadsThatWaitAreListedWithTheirBeginning() {
    ObjectKey waiting = key("uploads/waiting");
    UploadId upload = store().begin(waiting);
    ObjectKey dropped = key("uploads/dropped");
    store().abort(dropped, store().begin(dropped));
    String prefix = waiting.value().substring(0, waiting.value().lastIndexOf('/'));

    List<OpenUpload> listed = new S3OpenUploads(client, BUCKET).list(prefix);

    assertThat(listed).extracting(OpenUpload::key).containsExactly(waiting);
    assertThat(listed).extracting(OpenUpload::upload).containsExactly(upload);
    assertThat(listed.get(0).begun()).isCloseTo(Instant.now(), within(10, ChronoUnit.MINUTES));
    assertThat(new S3OpenUploads(client, BUCKET).list("elsewhere/")).isEmpty();
  }

  @Test
  void aBucketThatDoesNotExistIsRefusedByName() {
    ObjectStore store = new S3ObjectStore(client, "no-such-bucket");

    assertThatThrownBy(() -> store.list("x/", "").count())
        .isInstanceOfSatisfying(
            ObjectStoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
        .hasMessageContaining("no such bucket")
        .hasMessageContaining("'no-such-bucket'");
    assertThat(store.putIfAbsent(key("x"), bytes("x"))).isInstanceOf(PutAnswer.Unknown.class);
  }
}
