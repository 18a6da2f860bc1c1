package dev.afterbay.sinks.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.afterbay.sinks.faults.Fault.Kind;
import dev.afterbay.sinks.tostorage.CompleteAnswer;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStoreException;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.sinks.tostorage.StagedUpload;
import dev.afterbay.sinks.tostorage.UploadId;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What each kind of fault does at the first call. */
class FaultTest {
  private static final ObjectKey KEY = new ObjectKey("a/b");
  private static final byte[] CONTENT = {1};

  private final MemoryObjectStore truth = new MemoryObjectStore();
  private final Network network = new Network();

  @ParameterizedTest
  @CsvSource({
    "PRECONDITION_FAILED, Occupied, false",
    "CONFLICT, Unknown, false",
    "SLOW_DOWN, Unknown, false",
    "DENIED, Unknown, false",
    "LOST, Unknown, false",
    "APPLIED_UNHEARD, Unknown, true",
    "APPLIED_LATE, Unknown, false",
    "REPEATED, Occupied, true",
    "ERROR_IN_BODY, Created, true",
    "LISTING_CUT, Created, true",
    "UPLOADS_VANISH, Created, true"
  })
  void aPutIsAnsweredAndApplied(Kind kind, String answer, boolean applied) {
    PutAnswer said = disturbed(kind).putIfAbsent(KEY, CONTENT);

    assertThat(said.getClass().getSimpleName()).isEqualTo(answer);
    assertThat(truth.head(KEY).isPresent()).isEqualTo(applied);
  }

  @ParameterizedTest
  @EnumSource(names = {"CRASH_BEFORE", "CRASH_AFTER"})
  void aCrashEndsTheProcess(Kind kind) {
    assertThatExceptionOfType(Crash.class)
        .isThrownBy(() -> disturbed(kind).putIfAbsent(KEY, CONTENT));
    assertThat(truth.head(KEY).isPresent()).isEqualTo(kind == Kind.CRASH_AFTER);
  }

  @ParameterizedTest
  @EnumSource(names = {"HANG_BEFORE", "HANG_AFTER"})
  void aCallThatHangsReturnsWhenItIsReleased(Kind kind) {
    FaultyStore store = disturbed(kind);
    CompletableFuture<Void> hang = network.nextHang();
    CompletableFuture<PutAnswer> put =
        CompletableFuture.supplyAsync(() -> store.putIfAbsent(KEY, CONTENT));
    hang.join();

    assertThat(put).isNotDone();
    assertThat(truth.head(KEY).isPresent()).isEqualTo(kind == Kind.HANG_AFTER);
    assertThat(network.release()).isTrue();
    assertThat(put.join()).isEqualTo(new PutAnswer.Created());
    assertThat(network.release()).isFalse();
  }

  @Test
  void aLateRequestArrivesBeforeTheCallThatItWaitsFor() {
    FaultyStore store =
        new FaultyStore(truth, new Injection(new Fault(Kind.APPLIED_LATE, 1), network, 2));
    store.putIfAbsent(KEY, CONTENT);

    assertThat(store.head(KEY)).isEmpty();
    assertThat(store.head(KEY)).isPresent();
  }

  @Test
  void anErrorInTheBodyCompletesNothing() {
    UploadId upload = truth.begin(KEY);

    CompleteAnswer answer =
        disturbed(Kind.ERROR_IN_BODY).complete(new StagedUpload(KEY, upload, List.of()));

    assertThat(answer).isEqualTo(new CompleteAnswer.Unknown("InternalError"));
    assertThat(truth.uploads()).containsExactly(upload);
  }

  @Test
  void uploadsThatVanishAreThoseOfTheWriter() {
    UploadId others = truth.begin(KEY);
    FaultyStore store =
        new FaultyStore(truth, new Injection(new Fault(Kind.UPLOADS_VANISH, 2), network, 1));
    UploadId upload = store.begin(KEY);

    assertThat(store.complete(new StagedUpload(KEY, upload, List.of())))
        .isEqualTo(new CompleteAnswer.NoSuchUpload());
    assertThat(truth.uploads()).containsExactly(others);
  }

  @Test
  void aListingThatIsCutGivesItsFirstObjectAndFails() {
    truth.putIfAbsent(new ObjectKey("a/1"), CONTENT);
    truth.putIfAbsent(new ObjectKey("a/2"), CONTENT);
    FaultyStore store = disturbed(Kind.LISTING_CUT);

    assertThatExceptionOfType(ObjectStoreException.class)
        .isThrownBy(() -> store.list("a/", "").forEach(object -> assertThat(object).isNotNull()));
  }

  @Test
  void aCallThatIsNotTheOneGoesItsWay() {
    Injection injection = new Injection(new Fault(Kind.LOST, 2), network, 1);

    assertThat(new FaultyStore(truth, injection).putIfAbsent(KEY, CONTENT))
        .isEqualTo(new PutAnswer.Created());
    assertThat(injection.reached()).isFalse();
    assertThat(injection.struck()).isFalse();
  }

  private FaultyStore disturbed(Kind kind) {
    return new FaultyStore(truth, new Injection(new Fault(kind, 1), network, 1));
  }
}
