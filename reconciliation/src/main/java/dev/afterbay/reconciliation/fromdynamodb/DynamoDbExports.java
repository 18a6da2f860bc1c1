package dev.afterbay.reconciliation.fromdynamodb;

import dev.afterbay.reconciliation.export.ExportPlace;
import dev.afterbay.reconciliation.export.ExportRequest;
import dev.afterbay.reconciliation.export.ExportStatus;
import dev.afterbay.reconciliation.export.Exports;
import dev.afterbay.reconciliation.export.FoundExport;
import dev.afterbay.reconciliation.export.Window;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportFormat;
import software.amazon.awssdk.services.dynamodb.model.ExportNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ExportSummary;
import software.amazon.awssdk.services.dynamodb.model.ExportTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.ExportType;
import software.amazon.awssdk.services.dynamodb.model.ExportViewType;

/** The exports of one account and region. Closing the client is up to its owner. */
public final class DynamoDbExports implements Exports {
  private final DynamoDbClient dynamoDb;
  private final ExportFailures failures;

  /** The exports that a client sees. */
  public DynamoDbExports(DynamoDbClient dynamoDb) {
    this.dynamoDb = dynamoDb;
    this.failures = new ExportFailures(dynamoDb);
  }

  @Override
  public String start(ExportRequest request, String clientToken) {
    ExportPlace place = request.place();
    ExportTableToPointInTimeRequest.Builder export =
        ExportTableToPointInTimeRequest.builder()
            .tableArn(request.tableArn())
            .clientToken(clientToken)
            .s3Bucket(place.bucket())
            .exportFormat(ExportFormat.DYNAMODB_JSON);
    if (!place.prefix().isEmpty()) {
      export.s3Prefix(place.prefix());
    }
    if (request.window() instanceof Window.Full full) {
      export.exportType(ExportType.FULL_EXPORT).exportTime(full.at());
    } else {
      Window.Incremental span = (Window.Incremental) request.window();
      export
          .exportType(ExportType.INCREMENTAL_EXPORT)
          .incrementalExportSpecification(
              spec ->
                  spec.exportFromTime(span.from())
                      .exportToTime(span.to())
                      .exportViewType(ExportViewType.NEW_AND_OLD_IMAGES));
    }
    try {
      return dynamoDb.exportTableToPointInTime(export.build()).exportDescription().exportArn();
    } catch (SdkException e) {
      throw failures.atStart(request, e);
    }
  }

  @Override
  public ExportStatus describe(String exportArn) {
    try {
      return Descriptions.status(description(exportArn));
    } catch (SdkException e) {
      throw failures.translated("look at export " + exportArn, "DescribeExport", e);
    }
  }

  @Override
  public List<FoundExport> find(ExportRequest request) {
    ExportType wanted = Descriptions.type(request.window());
    List<ExportDescription> found = new ArrayList<>();
    for (ExportSummary summary : summaries(request)) {
      if (Descriptions.type(summary.exportType()) == wanted) {
        try {
          found.add(description(summary.exportArn()));
        } catch (ExportNotFoundException e) {
          // Forgotten since the list was made.
          continue;
        } catch (SdkException e) {
          throw failures.translated("look at export " + summary.exportArn(), "DescribeExport", e);
        }
      }
    }
    return found.stream()
        .filter(description -> Descriptions.isOf(request, description))
        .sorted(Comparator.comparing(ExportDescription::startTime).reversed())
        .map(export -> new FoundExport(export.exportArn(), Descriptions.status(export)))
        .toList();
  }

  private List<ExportSummary> summaries(ExportRequest request) {
    try {
      return dynamoDb.listExportsPaginator(list -> list.tableArn(request.tableArn())).stream()
          .flatMap(page -> page.exportSummaries().stream())
          .toList();
    } catch (SdkException e) {
      throw failures.translated(
          "list the exports of table '" + request.table() + "'", "ListExports", e);
    }
  }

  private ExportDescription description(String exportArn) {
    return dynamoDb.describeExport(describe -> describe.exportArn(exportArn)).exportDescription();
  }
}
