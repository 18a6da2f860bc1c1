package dev.afterbay.reconciliation.export;

import dev.afterbay.reconciliation.export.ExportException.Kind;
import dev.afterbay.reconciliation.export.ExportStatus.Completed;
import dev.afterbay.reconciliation.export.ExportStatus.Failed;
import dev.afterbay.reconciliation.export.ExportStatus.InProgress;
import dev.afterbay.sinks.tocatalog.Pause;
import dev.afterbay.sinks.tostorage.ObjectStore;
import java.time.Duration;

/**
 * Has exports made. It remembers nothing itself: a process that died is continued by asking again,
 * minutes or weeks later, for as long as DynamoDB remembers the export and its files stand.
 */
public final class ExportClient {
  private final Exports exports;
  private final ObjectStore store;
  private final Duration interval;
  private final Pause pause;

  /**
   * A client for exports to one bucket.
   *
   * @param store the bucket of the requests' place
   * @param interval between two questions whether an export is complete
   */
  public ExportClient(Exports exports, ObjectStore store, Duration interval, Pause pause) {
    this.exports = exports;
    this.store = store;
    this.interval = interval;
    this.pause = pause;
  }

  /**
   * Finds the export or asks for it, waits until it is complete, and checks that every file of its
   * manifest is there.
   *
   * @throws ExportException if it cannot be had, or a file is missing
   * @throws InterruptedException while waiting; the export goes on
   */
  public CompletedExport fetch(ExportRequest request, ExportProgress progress)
      throws InterruptedException {
    String arn = findOrStart(request, progress);
    ExportStatus status = exports.describe(arn);
    progress.polled(arn, status);
    while (status instanceof InProgress) {
      pause.rest(interval);
      status = exports.describe(arn);
      progress.polled(arn, status);
    }
    if (status instanceof Failed failed) {
      throw new ExportException(
          Kind.FAILED,
          "DynamoDB gave up "
              + request
              + ": "
              + failed.code()
              + " ("
              + failed.message()
              + "); "
              + failed.wayOut(request.place()));
    }
    return new Manifests(store).read(arn, request, ((Completed) status).manifest());
  }

  private String findOrStart(ExportRequest request, ExportProgress progress) {
    int spent = 0;
    for (FoundExport found : exports.find(request)) {
      if (isOfUse(found.status())) {
        progress.resumed(found.arn());
        return found.arn();
      }
      spent++;
    }
    // A token that has served already would only bring the spent export back.
    String arn = exports.start(request, request.clientToken(spent));
    progress.started(arn);
    return arn;
  }

  /** An export without its manifest was deleted, by someone or by the bucket's own rules. */
  private boolean isOfUse(ExportStatus status) {
    return status instanceof InProgress
        || status instanceof Completed completed && store.head(completed.manifest()).isPresent();
  }
}
