package dev.afterbay.reconciliation.export;

import dev.afterbay.transforms.change.TableName;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/**
 * What export is wanted. Equal requests are served by one export.
 *
 * @param table whose items
 * @param tableArn the table's own ARN
 * @param window what of its life
 * @param place where the files go
 */
public record ExportRequest(TableName table, String tableArn, Window window, ExportPlace place) {
  /** Checks the ARN. */
  public ExportRequest {
    if (!tableArn.startsWith("arn:") || !tableArn.endsWith(":table/" + table)) {
      throw new IllegalArgumentException("Not the ARN of table '" + table + "': " + tableArn);
    }
  }

  /**
   * The token under which DynamoDB knows the request for eight hours: asked again with it, it
   * answers with the same export.
   */
  public String clientToken() {
    return clientToken(0);
  }

  /**
   * The token for another try, which must not find the export that came to nothing.
   *
   * @param spent how many exports of this request are of no use
   */
  String clientToken(int spent) {
    String told = String.join("\n", tableArn, window.text(), place.toString(), "" + spent);
    return UUID.nameUUIDFromBytes(told.getBytes(StandardCharsets.UTF_8)).toString();
  }

  @Override
  public String toString() {
    return "the export of table '" + table + "' " + window.text() + " to " + place;
  }
}
