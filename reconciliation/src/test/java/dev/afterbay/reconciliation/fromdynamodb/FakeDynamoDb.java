package dev.afterbay.reconciliation.fromdynamodb;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeContinuousBackupsResponse;
import software.amazon.awssdk.services.dynamodb.model.DescribeExportRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeExportResponse;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ExportSummary;
import software.amazon.awssdk.services.dynamodb.model.ExportTableToPointInTimeRequest;
import software.amazon.awssdk.services.dynamodb.model.ExportTableToPointInTimeResponse;
import software.amazon.awssdk.services.dynamodb.model.ListExportsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListExportsResponse;
import software.amazon.awssdk.services.dynamodb.model.PointInTimeRecoveryDescription;
import software.amazon.awssdk.services.dynamodb.paginators.ListExportsIterable;

/** DynamoDB's client with descriptions of exports in memory, in pages of two. */
final class FakeDynamoDb implements DynamoDbClient {
  private static final int PAGE = 2;

  private final Map<String, ExportDescription> exports = new TreeMap<>(Comparator.naturalOrder());
  private final List<ExportTableToPointInTimeRequest> requests = new ArrayList<>();
  private Optional<RuntimeException> refusal = Optional.empty();
  private PointInTimeRecoveryDescription recovery =
      PointInTimeRecoveryDescription.builder().build();

  /** Every request about exports from now on fails so. */
  void refuse(RuntimeException with) {
    refusal = Optional.of(with);
  }

  void recovery(PointInTimeRecoveryDescription told) {
    recovery = told;
  }

  void add(ExportDescription export) {
    exports.put(export.exportArn(), export);
  }

  /** What was asked for. */
  List<ExportTableToPointInTimeRequest> requests() {
    return List.copyOf(requests);
  }

  @Override
  public ExportTableToPointInTimeResponse exportTableToPointInTime(
      ExportTableToPointInTimeRequest request) {
    refuseIfSo();
    requests.add(request);
    return ExportTableToPointInTimeResponse.builder()
        .exportDescription(export -> export.exportArn(request.tableArn() + "/export/new"))
        .build();
  }

  @Override
  public DescribeExportResponse describeExport(DescribeExportRequest request) {
    refuseIfSo();
    ExportDescription export = exports.get(request.exportArn());
    if (export == null) {
      throw ExportNotFoundException.builder().statusCode(400).message("Export not found").build();
    }
    return DescribeExportResponse.builder().exportDescription(export).build();
  }

  @Override
  public ListExportsIterable listExportsPaginator(ListExportsRequest request) {
    return new ListExportsIterable(this, request);
  }

  @Override
  public ListExportsResponse listExports(ListExportsRequest request) {
    refuseIfSo();
    List<ExportSummary> all =
        exports.values().stream()
            .filter(export -> request.tableArn().equals(export.tableArn()))
            .map(
                export ->
                    ExportSummary.builder()
                        .exportArn(export.exportArn())
                        .exportStatus(export.exportStatus())
                        .exportType(export.exportType())
                        .build())
            .toList();
    int from = request.nextToken() == null ? 0 : Integer.parseInt(request.nextToken());
    int to = Math.min(from + PAGE, all.size());
    return ListExportsResponse.builder()
        .exportSummaries(all.subList(from, to))
        .nextToken(to < all.size() ? Integer.toString(to) : null)
        .build();
  }

  @Override
  public DescribeContinuousBackupsResponse describeContinuousBackups(
      DescribeContinuousBackupsRequest request) {
    return DescribeContinuousBackupsResponse.builder()
        .continuousBackupsDescription(told -> told.pointInTimeRecoveryDescription(recovery))
        .build();
  }

  @Override
  public String serviceName() {
    return SERVICE_NAME;
  }

  @Override
  public void close() {}

  private void refuseIfSo() {
    if (refusal.isPresent()) {
      throw refusal.get();
    }
  }
}
