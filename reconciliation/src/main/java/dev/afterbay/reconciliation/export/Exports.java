package dev.afterbay.reconciliation.export;

import java.util.List;

/**
 * What Afterbay asks of DynamoDB's exports. A request that is refused or gets no answer throws
 * {@link ExportException}; adapters retry inside, callers do not.
 */
public interface Exports {
  /**
   * Asks for an export.
   *
   * @param clientToken asked again with the same one within eight hours, the answer is the same
   * @return the export's ARN
   */
  String start(ExportRequest request, String clientToken);

  /** How far an export is. */
  ExportStatus describe(String exportArn);

  /** The exports of exactly this request that DynamoDB still remembers, the newest first. */
  List<FoundExport> find(ExportRequest request);
}
