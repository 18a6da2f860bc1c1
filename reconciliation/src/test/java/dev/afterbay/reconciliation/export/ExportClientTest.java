package dev.afterbay.reconciliation.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.afterbay.reconciliation.export.ExportException.Kind;
import dev.afterbay.sinks.tocatalog.Pause;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExportClientTest {
  private final MemoryObjectStore store = new MemoryObjectStore();
  private final MemoryExports exports = new MemoryExports(store, Shop.HISTORY);
  private final List<Duration> pauses = new ArrayList<>();
  private final List<String> heard = new ArrayList<>();

  @Test
  void aFetchedExportNamesItsFilesInTheOrderOfTheirKeys() throws InterruptedException {
    CompletedExport export = fetch(Shop.full());

    assertThat(export.exportArn()).isEqualTo(exports.started().get(0));
    assertThat(export.request()).isEqualTo(Shop.full());
    assertThat(export.items()).isEqualTo(8);
    assertThat(export.files()).isSortedAccordingTo(Comparator.comparing(DataFile::key));
    assertThat(export.files()).hasSize(4).allMatch(file -> store.head(file.key()).isPresent());
  }

  @Test
  void itAsksUntilTheExportIsComplete() throws InterruptedException {
    exports.takeTime(3);

    fetch(Shop.full());

    assertThat(pauses).containsExactly(seconds(), seconds(), seconds());
    assertThat(heard)
        .containsExactly("started", "InProgress", "InProgress", "InProgress", "Completed");
  }

  @Test
  void whoeverAsksAgainGetsTheSameExport() throws InterruptedException {
    exports.takeTime(1);
    Pause killed =
        duration -> {
          throw new InterruptedException();
        };
    assertThatExceptionOfType(InterruptedException.class)
        .isThrownBy(() -> client(killed).fetch(Shop.full(), ExportProgress.none()));
    exports.forgetTokens();

    CompletedExport continued = fetch(Shop.full());
    CompletedExport again = fetch(Shop.full());

    assertThat(again).isEqualTo(continued);
    assertThat(exports.started()).hasSize(1);
    assertThat(heard).startsWith("resumed");
  }

  @Test
  void twoProcessesThatAskAtOnceShareAnExport() {
    String first = exports.start(Shop.full(), Shop.full().clientToken());
    String second = exports.start(Shop.full(), Shop.full().clientToken());

    assertThat(second).isEqualTo(first);
  }

  @Test
  void otherRequestsHaveOtherTokens() {
    ExportRequest full = Shop.full();
    ExportRequest later = Shop.request(new Window.Full(Shop.NOON.plusSeconds(1)));
    ExportRequest elsewhere =
        new ExportRequest(
            full.table(), full.tableArn(), full.window(), new ExportPlace("lake", "other"));

    assertThat(full.clientToken()).isEqualTo(Shop.full().clientToken());
    assertThat(
            List.of(
                full.clientToken(),
                full.clientToken(1),
                later.clientToken(),
                elsewhere.clientToken(),
                Shop.incremental().clientToken()))
        .doesNotHaveDuplicates();
  }

  @Test
  void anExportThatFailedIsNotAskedForAgainUnderItsToken() throws InterruptedException {
    exports.failOnce("S3NoSuchBucket", "The specified bucket does not exist");
    refused(
        Kind.FAILED,
        "DynamoDB gave up the export of table 'shop' at 2026-11-21T12:00:00Z to"
            + " s3://lake/exports: S3NoSuchBucket (The specified bucket does not exist); create"
            + " bucket 'lake', or export to another one");

    CompletedExport second = fetch(Shop.full());

    assertThat(second.items()).isEqualTo(8);
    assertThat(exports.started()).hasSize(2);
  }

  @Test
  void aDeniedBucketIsNamedWithWhatToAllow() {
    exports.failOnce("S3AccessDenied", "Access Denied");
    refused(
        Kind.FAILED,
        "DynamoDB gave up the export of table 'shop' at 2026-11-21T12:00:00Z to"
            + " s3://lake/exports: S3AccessDenied (Access Denied); allow s3:PutObject,"
            + " s3:PutObjectAcl and s3:AbortMultipartUpload on bucket 'lake' to the role of this"
            + " process");
  }

  @Test
  void anExportWhoseManifestWasDeletedIsMadeAnew() throws InterruptedException {
    CompletedExport first = fetch(Shop.full());
    store.delete(manifest(first, "manifest-summary.json"));

    CompletedExport second = fetch(Shop.full());

    assertThat(second.exportArn()).isNotEqualTo(first.exportArn());
    assertThat(fetch(Shop.full())).isEqualTo(second);
  }

  @Test
  void aMissingFileIsNamed() throws InterruptedException {
    ObjectKey lost = fetch(Shop.full()).files().get(2).key();
    store.delete(lost);

    refused(
        Kind.DAMAGED,
        "Export file '"
            + lost
            + "' is missing; the export is of no use: delete its manifest-summary.json, and the"
            + " next run asks for another");
  }

  @ParameterizedTest
  @CsvSource({"manifest-summary", "manifest-files"})
  void aManifestWithAnotherChecksumIsRefused(String name) throws InterruptedException {
    ObjectKey manifest = manifest(fetch(Shop.full()), name + ".json");
    store.overwrite(manifest, (text(manifest) + " ").getBytes(StandardCharsets.UTF_8));

    refused(Kind.DAMAGED, "Export file '" + manifest + "' has the MD5 ");
  }

  @Test
  void theChecksumMayBeHexadecimalOrUnderItsDocumentedName() throws InterruptedException {
    CompletedExport export = fetch(Shop.full());
    ObjectKey manifest = manifest(export, "manifest-files.json");
    store.delete(manifest(export, "manifest-files.md5"));
    ObjectKey documented = manifest(export, "manifest-files.checksum");
    store.overwrite(
        documented, "00000000000000000000000000000000".getBytes(StandardCharsets.UTF_8));
    refused(Kind.DAMAGED, "Export file '" + manifest + "' has the MD5 ");

    store.overwrite(
        documented,
        HexFormat.of()
            .formatHex(ObjectInput.md5().digest(store.get(manifest).orElseThrow()))
            .getBytes(StandardCharsets.UTF_8));

    assertThat(fetch(Shop.full())).isEqualTo(export);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "manifest-summary.json | \"itemCount\":8 | \"itemCount\":9"
            + " | ' tells of 9 lines where the files of the export have 8;",
        "manifest-summary.json | \"itemCount\":8 | \"itemCount\":\"8\""
            + " | ' has no count for its 'itemCount';",
        "manifest-summary.json | \"version\" | version | ' is no JSON (",
        "manifest-summary.json | \"manifestFilesS3Key\" | \"files\""
            + " | ' has no text for its 'manifestFilesS3Key';",
        "manifest-summary.json | /export/ | /other/ | ' is of arn:aws",
        "manifest-summary.json | manifest-files.json | absent.json | absent.json' is missing;",
        "manifest-files.json | -3.json.gz | -9.json.gz | -9.json.gz' is missing;",
        "manifest-files.json | -3.json.gz | -2.json.gz | -2.json.gz' twice;",
        "manifest-files.json | exports/AWSDynamoDB | /AWSDynamoDB"
            + " | ' has no key for its 'dataFileS3Key': '/AWSDynamoDB/",
        "manifest-files.json | {\"itemCount\" | {\"itemCount | ' at line 1 is no JSON (",
        "manifest-files.json | \"md5Checksum\" | \"md5\" | ' has no text for its 'md5Checksum';",
        "manifest-files.json | \"itemCount\" | \"count\" | ' has no count for its 'itemCount';",
      })
  void aManifestThatCannotBeIsRefused(String name, String from, String to, String message)
      throws InterruptedException {
    rewrite(name, from, to);

    refused(Kind.DAMAGED, message);
  }

  @Test
  void ionIsRefusedWithTheWayOut() throws InterruptedException {
    rewrite("manifest-summary.json", "DYNAMODB_JSON", "ION");

    refused(Kind.REFUSED, " is in the format ION; export again in DYNAMODB_JSON");
  }

  private void rewrite(String name, String from, String to) throws InterruptedException {
    CompletedExport export = fetch(Shop.full());
    ObjectKey manifest = manifest(export, name);
    String text = text(manifest);
    assertThat(text).contains(from);
    store.overwrite(manifest, text.replace(from, to).getBytes(StandardCharsets.UTF_8));
    store.delete(new ObjectKey(manifest.value().replace(".json", ".md5")));
  }

  private void refused(Kind kind, String message) {
    assertThatExceptionOfType(ExportException.class)
        .isThrownBy(() -> fetch(Shop.full()))
        .withMessageContaining(message)
        .satisfies(e -> assertThat(e.kind()).isEqualTo(kind));
  }

  private String text(ObjectKey key) {
    return new String(store.get(key).orElseThrow(), StandardCharsets.UTF_8);
  }

  private static ObjectKey manifest(CompletedExport export, String name) {
    String arn = export.exportArn();
    return new ObjectKey(
        "exports/AWSDynamoDB/" + arn.substring(arn.lastIndexOf('/') + 1) + "/" + name);
  }

  private static Duration seconds() {
    return Duration.ofSeconds(10);
  }

  private CompletedExport fetch(ExportRequest request) throws InterruptedException {
    return client(pauses::add).fetch(request, new Listening(heard));
  }

  private ExportClient client(Pause pause) {
    return new ExportClient(exports, store, seconds(), pause);
  }

  private record Listening(List<String> heard) implements ExportProgress {
    @Override
    public void started(String exportArn) {
      heard.add("started");
    }

    @Override
    public void resumed(String exportArn) {
      heard.add("resumed");
    }

    @Override
    public void polled(String exportArn, ExportStatus status) {
      heard.add(status.getClass().getSimpleName());
    }

    @Override
    public void read(DataFile file, int number, int files, long bytes) {
      heard.add(number + " of " + files + " with " + bytes);
    }
  }
}
