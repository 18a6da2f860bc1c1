package dev.afterbay.local.torture.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.afterbay.local.aws.LocalAws;
import dev.afterbay.local.aws.LocalEndpoints;
import dev.afterbay.sinks.tostorage.CompleteAnswer;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.sinks.tostorage.S3Connections;
import dev.afterbay.sinks.tostorage.S3ObjectStore;
import dev.afterbay.sinks.tostorage.StagedUpload;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.sinks.tostorage.UploadId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.s3.S3Client;

class FaultProxyIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);
  private static final byte[] CONTENT = "content".getBytes(StandardCharsets.UTF_8);
  private static final AtomicInteger KEYS = new AtomicInteger();

  @TempDir static Path dir;

  private static LocalAws aws;

  @BeforeAll
  static void start() {
    aws = LocalAws.start(dir, 0, 0);
  }

  @AfterAll
  static void stop() {
    aws.close();
  }

  @Test
  void withoutFaultsItIsTheStoreBehindIt() {
    StoreFaults faults = faults(EnumSet.allOf(StoreFault.class), 0);
    ObjectKey key = key();
    try (FaultProxy proxy = before(faults);
        S3Client client = client(proxy)) {
      ObjectStore store = new S3ObjectStore(client, aws.endpoints().bucket());

      assertThat(store.putIfAbsent(key, CONTENT)).isInstanceOf(PutAnswer.Created.class);
      assertThat(store.putIfAbsent(key, CONTENT)).isInstanceOf(PutAnswer.Occupied.class);
      assertThat(store.get(key)).contains(CONTENT);
      assertThat(store.get(key, 1, 3)).contains("ont".getBytes(StandardCharsets.UTF_8));
      assertThat(store.head(key)).contains(new StoredObject(key, CONTENT.length));
      assertThat(store.head(key())).isEmpty();
      assertThat(store.list("folder with +/", "")).extracting(StoredObject::key).contains(key);
      StagedUpload upload = staged(store);
      assertThat(store.complete(upload)).isInstanceOf(CompleteAnswer.Completed.class);
      assertThat(store.get(upload.key())).contains(CONTENT);
    }
    assertThat(faults.given()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(
      mode = Mode.EXCLUDE,
      names = {"ERROR_IN_200", "DONE_THEN_ERROR_IN_200"})
  void eachFaultOfAConditionalPutIsAnsweredAndDoneAsItsNameSays(StoreFault fault) throws Exception {
    StoreFaults faults = faults(EnumSet.of(fault), 1);
    ObjectKey key = key();
    Optional<Integer> status;
    try (FaultProxy proxy = before(faults)) {

      status = put(proxy, key);

      await().atMost(PATIENCE).until(proxy::idle);
    }
    assertThat(status)
        .isEqualTo(
            switch (fault) {
              case REFUSED, DONE_THEN_REFUSED -> Optional.of(503);
              case DONE_THEN_FAILED -> Optional.of(500);
              case CONFLICT -> Optional.of(409);
              case SLOW_REQUEST, SLOW_ANSWER -> Optional.of(200);
              case HANG_THEN_CUT, CUT_THEN_DONE, DONE_THEN_CUT -> Optional.empty();
              case ERROR_IN_200, DONE_THEN_ERROR_IN_200 -> throw new AssertionError();
            });
    assertThat(there(key))
        .isEqualTo(
            !EnumSet.of(StoreFault.REFUSED, StoreFault.HANG_THEN_CUT, StoreFault.CONFLICT)
                .contains(fault));
    assertThat(faults.given()).containsEntry(fault.title(), 1L);
  }

  @Test
  void aConflictIsForConditionalPutsOnlyAndAnErrorIn200ForCompletionsOnly() throws Exception {
    StoreFaults faults =
        faults(EnumSet.of(StoreFault.CONFLICT, StoreFault.DONE_THEN_ERROR_IN_200), 1);
    try (FaultProxy proxy = before(faults);
        S3Client client = client(proxy)) {
      ObjectStore store = new S3ObjectStore(client, aws.endpoints().bucket());

      StagedUpload upload = staged(store);
      store.abort(upload.key(), upload.upload());

      assertThat(store.list("", "")).isNotNull();
      assertThat(faults.given()).isEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ERROR_IN_200", "DONE_THEN_ERROR_IN_200"})
  void anErrorIn200LeavesItOpenWhetherTheUploadIsVisible(StoreFault fault) {
    StoreFaults faults = faults(EnumSet.of(fault), 1);
    try (FaultProxy proxy = before(faults);
        S3Client client = client(proxy)) {
      ObjectStore store = new S3ObjectStore(client, aws.endpoints().bucket());
      StagedUpload upload = staged(store);

      assertThat(store.complete(upload)).isInstanceOf(CompleteAnswer.Unknown.class);

      assertThat(store.head(upload.key()).isPresent())
          .isEqualTo(fault == StoreFault.DONE_THEN_ERROR_IN_200);
      assertThat(faults.given()).containsKey(fault.title());
    }
  }

  @Test
  void whatIsSaidToStandThereStandsThereWhateverFails() {
    try (FaultProxy proxy = before(faults(EnumSet.allOf(StoreFault.class), 0.4));
        S3Client one = client(proxy);
        S3Client two = client(proxy)) {
      List<ObjectStore> stores =
          List.of(
              new S3ObjectStore(one, aws.endpoints().bucket()),
              new S3ObjectStore(two, aws.endpoints().bucket()));

      IntStream.range(0, 24)
          .parallel()
          .forEach(
              i -> {
                ObjectKey key = new ObjectKey("storm/" + i / 2);
                PutAnswer answer = stores.get(i % 2).putIfAbsent(key, CONTENT);
                if (!(answer instanceof PutAnswer.Unknown)) {
                  assertThat(there(key)).as("%s of %s", answer, key).isTrue();
                }
              });
    }
  }

  private static StoreFaults faults(Set<StoreFault> kinds, double probability) {
    StoreFaults faults = new StoreFaults(1, kinds);
    faults.failing(probability);
    return faults;
  }

  private static FaultProxy before(StoreFaults faults) {
    return FaultProxy.startBefore(aws.endpoints().s3(), faults);
  }

  private static ObjectKey key() {
    return new ObjectKey("folder with +/" + KEYS.incrementAndGet() + ".json");
  }

  private static StagedUpload staged(ObjectStore store) {
    ObjectKey key = key();
    UploadId id = store.begin(key);
    return new StagedUpload(
        key, id, List.of(store.uploadPart(key, id, 1, ByteBuffer.wrap(CONTENT))));
  }

  private static boolean there(ObjectKey key) {
    return Files.exists(aws.endpoints().bucketDir().resolve(key.value()));
  }

  /** Puts once; the status, or nothing if the connection was cut. */
  private static Optional<Integer> put(FaultProxy proxy, ObjectKey key) throws Exception {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    String path = "/afterbay/" + key.value().replace(" ", "%20").replace("+", "%2B");
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(proxy.endpoint() + path))
            .PUT(HttpRequest.BodyPublishers.ofByteArray(CONTENT))
            .header("If-None-Match", "*")
            .build();
    try {
      return Optional.of(http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode());
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static S3Client client(FaultProxy proxy) {
    return S3Connections.suit(S3Client.builder(), Optional.of(proxy.endpoint()))
        .region(Region.of(aws.endpoints().region()))
        .credentialsProvider(
            StaticCredentialsProvider.create(
                AwsBasicCredentials.create(LocalEndpoints.CREDENTIAL, LocalEndpoints.CREDENTIAL)))
        .httpClientBuilder(Apache5HttpClient.builder())
        .build();
  }
}
