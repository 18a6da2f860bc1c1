package dev.afterbay.sinks.tostorage;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.afterbay.sinks.faults.Call;
import dev.afterbay.sinks.faults.Disturbance;
import dev.afterbay.sinks.faults.FaultyStore;
import dev.afterbay.sinks.faults.Reply;
import dev.afterbay.sinks.faults.Verb;
import dev.afterbay.sinks.tostorage.ObjectStoreException.Kind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.s3.S3Client;

/** What each answer of S3 that no stand-in gives is taken for. */
class S3AnswersIT {
  private static final ObjectKey KEY = new ObjectKey("a/b");
  private static final StagedUpload STAGED =
      new StagedUpload(
          KEY, new UploadId("u"), List.of(new UploadedPart(1, "\"e\"", "AAAAAA==", 1)));

  private HttpServer server;
  private S3Client client;
  private volatile int status;
  private volatile String body = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/",
        exchange -> {
          exchange.getRequestBody().readAllBytes();
          boolean bodiless = exchange.getRequestMethod().equals("HEAD") || body.isEmpty();
          exchange.sendResponseHeaders(status, bodiless ? -1 : body.getBytes(UTF_8).length);
          if (!bodiless) {
            exchange.getResponseBody().write(body.getBytes(UTF_8));
          }
          exchange.close();
        });
    server.start();
    client = LoopbackS3.at(server.getAddress().getPort());
  }

  @AfterEach
  void stop() {
    client.close();
    server.stop(0);
  }

  @Test
  void aFailedPreconditionMeansOccupied() {
    answer(412, "PreconditionFailed");

    assertThat(store().putIfAbsent(KEY, new byte[1])).isEqualTo(new PutAnswer.Occupied());
  }

  @Test
  void aConflictThatLastsIsUnknown() {
    answer(409, "ConditionalRequestConflict");

    assertThat(store().putIfAbsent(KEY, new byte[1])).isInstanceOf(PutAnswer.Unknown.class);
  }

  @Test
  void aServerErrorOnAPutIsUnknown() {
    answer(500, "InternalError");

    assertThat(store().putIfAbsent(KEY, new byte[1])).isInstanceOf(PutAnswer.Unknown.class);
  }

  @Test
  void aDeniedPutIsUnknownBecauseAnEarlierAttemptMayHaveBeenApplied() {
    answer(403, "AccessDenied");

    assertThat(store().putIfAbsent(KEY, new byte[1]))
        .isInstanceOfSatisfying(
            PutAnswer.Unknown.class,
            unknown -> assertThat(unknown.why()).contains("access denied").contains("a/b"));
  }

  @Test
  void anErrorInTheBodyOfASuccessfulCompletionIsNoSuccess() {
    answer(200, "InternalError");

    assertThat(store().complete(STAGED))
        .isInstanceOfSatisfying(
            CompleteAnswer.Unknown.class,
            unknown -> assertThat(unknown.why()).contains("InternalError is what it says"));
  }

  @Test
  void completingAnUploadThatIsGoneSaysSo() {
    answer(404, "NoSuchUpload");

    assertThat(store().complete(STAGED)).isEqualTo(new CompleteAnswer.NoSuchUpload());
    assertThat(store().stateOf(KEY, STAGED.upload())).isEqualTo(UploadState.GONE);
  }

  @Test
  void completingInABucketThatIsGoneDoesNotPassForAnUploadThatIsGone() {
    answer(404, "NoSuchBucket");

    assertThat(store().complete(STAGED)).isInstanceOf(CompleteAnswer.Unknown.class);
    assertThatThrownBy(() -> store().stateOf(KEY, STAGED.upload()))
        .isInstanceOf(ObjectStoreException.class)
        .hasMessageContaining("no such bucket");
    assertThatThrownBy(() -> store().get(KEY)).isInstanceOf(ObjectStoreException.class);
  }

  @Test
  void aDeniedReadIsNotAnAbsentObject() {
    answer(403, "AccessDenied");

    assertThatThrownBy(() -> store().get(KEY))
        .isInstanceOfSatisfying(
            ObjectStoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.REFUSED))
        .hasMessageContaining("access denied");
    assertThatThrownBy(() -> store().head(KEY)).isInstanceOf(ObjectStoreException.class);
  }

  @Test
  void anEndpointThatIsDownIsUnavailable() {
    server.stop(0);

    assertThatThrownBy(() -> store().get(KEY))
        .isInstanceOfSatisfying(
            ObjectStoreException.class, e -> assertThat(e.kind()).isEqualTo(Kind.UNAVAILABLE));
    assertThat(store().putIfAbsent(KEY, new byte[1])).isInstanceOf(PutAnswer.Unknown.class);
    assertThat(store().complete(STAGED)).isInstanceOf(CompleteAnswer.Unknown.class);
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, CONFLICT",
    "PUT, DENIED",
    "PUT, PRECONDITION_FAILED",
    "PUT, SLOW_DOWN",
    "GET, DENIED",
    "GET, SLOW_DOWN",
    "HEAD, DENIED",
    "LIST, DENIED",
    "BEGIN, DENIED",
    "PART, DENIED",
    "COMPLETE, CONFLICT",
    "COMPLETE, DENIED",
    "COMPLETE, ERROR_IN_BODY",
    "COMPLETE, SLOW_DOWN",
    "ABORT, DENIED",
    "STATE, DENIED"
  })
  void aFaultyStoreAnswersAsTheAdapterDoes(Verb verb, Reply reply) {
    answer(reply.status(), reply.code());
    Disturbance replying =
        new Disturbance() {
          @Override
          public <T> T around(Call<T> call) {
            return call.answer(reply);
          }
        };

    String faulty = outcome(new FaultyStore(new MemoryObjectStore(), replying), verb);

    assertThat(faulty).isEqualTo(outcome(store(), verb));
  }

  private static String outcome(ObjectStore store, Verb verb) {
    try {
      Object answer =
          switch (verb) {
            case PUT -> store.putIfAbsent(KEY, new byte[1]);
            case GET -> store.get(KEY);
            case HEAD -> store.head(KEY);
            case LIST -> store.list("a", "").toList();
            case BEGIN -> store.begin(KEY);
            case PART -> store.uploadPart(KEY, STAGED.upload(), 1, ByteBuffer.wrap(new byte[1]));
            case COMPLETE -> store.complete(STAGED);
            case ABORT -> {
              store.abort(KEY, STAGED.upload());
              yield "aborted";
            }
            case COPY -> store.copy(KEY, new ObjectKey("copy"));
            case DELETE -> {
              store.delete(KEY);
              yield "deleted";
            }
            case STATE -> store.stateOf(KEY, STAGED.upload());
          };
      return answer.getClass().getSimpleName();
    } catch (ObjectStoreException e) {
      return e.kind().name();
    }
  }

  private void answer(int answerStatus, String code) {
    status = answerStatus;
    body =
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Error><Code>%s</Code><Message>%s is what it"
                .formatted(code, code)
            + " says</Message></Error>";
  }

  private ObjectStore store() {
    return new S3ObjectStore(client, "lake");
  }
}
