package dev.afterbay.reconciliation.export;

import java.util.List;

/**
 * An export whose files all stand in S3.
 *
 * @param exportArn its ARN
 * @param request what was wanted
 * @param files in the order of their keys, the same one for whoever asks
 * @param items how many lines they have together
 */
public record CompletedExport(
    String exportArn, ExportRequest request, List<DataFile> files, long items) {
  /** Copies the list. */
  public CompletedExport {
    files = List.copyOf(files);
  }
}
