package dev.afterbay.reconciliation.export;

import dev.afterbay.reconciliation.export.ExportException.Kind;
import dev.afterbay.reconciliation.export.ExportStatus.Completed;
import dev.afterbay.reconciliation.export.ExportStatus.Failed;
import dev.afterbay.reconciliation.export.ExportStatus.InProgress;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Exports in memory: made of a history that the caller knows, written to an object store as AWS
 * lays them out. It also offers what the port does not: to take its time, and to fail.
 */
public final class MemoryExports implements Exports {
  private final ObjectStore store;
  private final TableHistory history;
  private final List<Export> exports = new ArrayList<>();
  private final Map<String, Export> byToken = new HashMap<>();
  private final List<Failed> failures = new ArrayList<>();
  private int patience;

  private static final class Export {
    final String arn;
    final ExportRequest request;
    int patience;
    ExportStatus status = new InProgress();

    Export(String arn, ExportRequest request, int patience) {
      this.arn = arn;
      this.request = request;
      this.patience = patience;
    }
  }

  /** Exports of one table's history to one bucket. */
  public MemoryExports(ObjectStore store, TableHistory history) {
    this.store = store;
    this.history = history;
  }

  /** From now on an export is in progress for as many questions. */
  public synchronized void takeTime(int questions) {
    patience = questions;
  }

  /** The next export that ends ends like that. */
  public synchronized void failOnce(String code, String message) {
    failures.add(new Failed(code, message));
  }

  /** Lets eight hours go by: no token is known any more. */
  public synchronized void forgetTokens() {
    byToken.clear();
  }

  /** The ARNs of all exports, the oldest first. */
  public synchronized List<String> started() {
    return exports.stream().map(export -> export.arn).toList();
  }

  @Override
  public synchronized String start(ExportRequest request, String clientToken) {
    Export known = byToken.get(clientToken);
    if (known != null) {
      return known.arn;
    }
    String id = String.format(Locale.ROOT, "01700000000%03d-%08x", exports.size(), exports.size());
    Export export = new Export(request.tableArn() + "/export/" + id, request, patience);
    exports.add(export);
    byToken.put(clientToken, export);
    return export.arn;
  }

  @Override
  public synchronized ExportStatus describe(String exportArn) {
    Export export =
        exports.stream()
            .filter(candidate -> candidate.arn.equals(exportArn))
            .findFirst()
            .orElseThrow(
                () -> new ExportException(Kind.REFUSED, "There is no export " + exportArn));
    if (export.status instanceof InProgress && export.patience-- <= 0) {
      export.status = failures.isEmpty() ? completed(export) : failures.remove(0);
    }
    return export.status;
  }

  @Override
  public synchronized List<FoundExport> find(ExportRequest request) {
    List<FoundExport> found = new ArrayList<>();
    for (Export export : exports) {
      if (export.request.equals(request)) {
        found.add(0, new FoundExport(export.arn, export.status));
      }
    }
    return List.copyOf(found);
  }

  private Completed completed(Export export) {
    Window window = export.request.window();
    List<String> lines;
    Instant shown;
    if (window instanceof Window.Full full) {
      lines = history.at(full.at()).stream().map(ExportFiles::line).toList();
      shown = full.at();
    } else {
      Window.Incremental span = (Window.Incremental) window;
      lines = history.between(span.from(), span.to()).stream().map(ExportFiles::line).toList();
      shown = span.to();
    }
    ObjectKey manifest = new ExportFiles(store).write(export.request, export.arn, lines);
    return new Completed(manifest, shown, lines.size(), 0);
  }
}
