package dev.afterbay.local.export;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.s3.model.NoSuchBucketException;

/**
 * The five calls of DynamoDB about point-in-time recovery and exports, for the tables of a source.
 * An export is taken at once, is in progress for a while, and ends {@code COMPLETED} or {@code
 * FAILED}. Safe for many threads.
 */
public final class Exports implements AutoCloseable {
  /** The names of the calls. */
  public static final Set<String> OPERATIONS =
      Set.of(
          "DescribeContinuousBackups",
          "UpdateContinuousBackups",
          "ExportTableToPointInTime",
          "DescribeExport",
          "ListExports");

  private static final Logger LOG = LoggerFactory.getLogger(Exports.class);
  private static final int MOST_LISTED = 25;

  private final ExportedTables tables;
  private final ExportFiles files;
  private final ExportSettings settings;
  private final InstantSource clock;
  private final Continuity continuity;
  private final SplittableRandom random = new SplittableRandom();
  private final Map<String, Export> exports = new LinkedHashMap<>();
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          task -> {
            Thread exporting = new Thread(task, "exports");
            exporting.setDaemon(true);
            return exporting;
          });

  /**
   * No exports yet, and point-in-time recovery off for every table.
   *
   * @param clock of the tables' changes; how long an export takes is real time
   */
  public Exports(
      ExportedTables tables, ExportStore store, ExportSettings settings, InstantSource clock) {
    this.tables = tables;
    this.files = new ExportFiles(store, settings.files(), clock);
    this.settings = settings;
    this.clock = clock;
    this.continuity = new Continuity(settings.restorable(), clock);
  }

  /** Answers one of the calls, with an error of DynamoDB where it cannot be carried out. */
  public ExportReply answer(String operation, byte[] body) {
    try {
      JsonNode asked = ExportJson.read(body);
      return ExportReply.of(
          switch (operation) {
            case "DescribeContinuousBackups" -> continuity.description(table(asked));
            case "UpdateContinuousBackups" -> update(asked);
            case "ExportTableToPointInTime" -> export(asked);
            case "DescribeExport" -> describe(asked);
            case "ListExports" -> list(asked);
            default -> throw RefusedExportException.invalid("No call about exports: " + operation);
          });
    } catch (RefusedExportException e) {
      return ExportReply.refused(e);
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private ExportedTable table(JsonNode asked) {
    return find(ExportJson.text(asked, "TableName"));
  }

  private ExportedTable find(String named) {
    return tables.find(named).orElseThrow(() -> RefusedExportException.noTable(named));
  }

  private ObjectNode update(JsonNode asked) {
    ExportedTable table = table(asked);
    continuity.set(table, asked);
    return continuity.description(table);
  }

  private ObjectNode export(JsonNode asked) {
    Instant now = clock.instant();
    ExportOrder order = ExportOrder.of(asked, now);
    ExportedTable table = find(order.tableArn());
    Export export;
    synchronized (exports) {
      Optional<Export> same = same(order);
      if (same.isPresent()) {
        return described(same.get());
      }
      check(table, order.coverage());
      export = new Export(id(now), table, order, now, new Export.State.InProgress());
      exports.put(export.arn(), export);
    }
    thread.execute(() -> begin(export));
    return described(export);
  }

  /** The export that was asked for under the same token. */
  private Optional<Export> same(ExportOrder order) {
    Optional<Export> same =
        exports.values().stream()
            .filter(export -> order.token() != null && order.token().equals(export.order().token()))
            .findFirst();
    if (same.filter(export -> !export.order().asked().equals(order.asked())).isPresent()) {
      throw new RefusedExportException(
          "ExportConflictException",
          "Another export was asked for with the client token " + order.token());
    }
    return same;
  }

  private void check(ExportedTable table, Coverage coverage) {
    if (!continuity.on(table)) {
      throw new RefusedExportException(
          "PointInTimeRecoveryUnavailableException",
          "Point in time recovery is not enabled for table " + table.arn());
    }
    Instant from = coverage instanceof Coverage.Window window ? window.from() : coverage.until();
    Instant earliest = continuity.earliest();
    Instant latest = continuity.latest();
    if (from.isBefore(earliest) || coverage.until().isAfter(latest)) {
      throw new RefusedExportException(
          "InvalidExportTimeException",
          "What lies between %s and %s can be exported, not what lies between %s and %s"
              .formatted(earliest, latest, from, coverage.until()));
    }
  }

  private String id(Instant now) {
    return "%014d-%08x".formatted(now.toEpochMilli(), random.nextInt());
  }

  private ObjectNode describe(JsonNode asked) {
    String arn = ExportJson.text(asked, "ExportArn");
    synchronized (exports) {
      Export export = exports.get(arn);
      if (export == null) {
        throw new RefusedExportException("ExportNotFoundException", "Export not found: " + arn);
      }
      return described(export);
    }
  }

  private static ObjectNode described(Export export) {
    return ExportJson.object().set("ExportDescription", export.description());
  }

  /** Those of a table, or all; the next page begins behind the ARN that is its token. */
  private ObjectNode list(JsonNode asked) {
    int most = asked.path("MaxResults").asInt(MOST_LISTED);
    if (most < 1 || most > MOST_LISTED) {
      throw RefusedExportException.invalid("MaxResults is 1 to 25, not " + most);
    }
    String table = asked.path("TableArn").asText("");
    String after = asked.path("NextToken").asText("");
    List<Export> all;
    synchronized (exports) {
      all =
          exports.values().stream()
              .filter(export -> table.isEmpty() || export.table().arn().equals(table))
              .toList();
    }
    int from = all.stream().map(Export::arn).toList().indexOf(after) + 1;
    if (!after.isEmpty() && from == 0) {
      throw RefusedExportException.invalid("No NextToken of this list: " + after);
    }
    List<Export> page = all.subList(from, Math.min(from + most, all.size()));
    ObjectNode body = ExportJson.object();
    ArrayNode summaries = body.putArray("ExportSummaries");
    page.forEach(export -> summaries.add(export.summary()));
    if (from + page.size() < all.size()) {
      body.put("NextToken", page.get(page.size() - 1).arn());
    }
    return body;
  }

  private void begin(Export export) {
    attempt(
        export,
        () -> {
          files.begin(export);
          ScheduledFuture<?> unused =
              thread.schedule(
                  () -> attempt(export, () -> end(export, files.complete(export))),
                  settings.takes().toNanos(),
                  TimeUnit.NANOSECONDS);
        });
  }

  /** Does a step; what goes wrong is the end of the export. */
  private void attempt(Export export, Runnable step) {
    try {
      step.run();
    } catch (NoSuchBucketException e) {
      fail(export, "S3NoSuchBucket", "The specified bucket does not exist");
    } catch (HistoryException e) {
      fail(export, "HistoryUnknown", String.valueOf(e.getMessage()));
    } catch (RejectedExecutionException e) {
      LOG.debug("The endpoint ends before export {}", export.id());
    } catch (SdkException e) {
      fail(export, "S3Unavailable", String.valueOf(e.getMessage()));
    } catch (RuntimeException e) {
      LOG.error("Export {} failed", export.id(), e);
      fail(export, "InternalServerError", e.getClass().getSimpleName());
    }
  }

  private void fail(Export export, String code, String message) {
    end(export, new Export.State.Failed(clock.instant(), code, message));
  }

  private void end(Export export, Export.State state) {
    synchronized (exports) {
      exports.put(export.arn(), export.with(state));
    }
  }
}
