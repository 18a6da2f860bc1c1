package dev.afterbay.local.athena;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of a query.
 *
 * @param columns their names
 * @param rows of values as texts, as Athena spells them; null is null
 * @param scannedBytes that were read of files
 */
public record SqlResult(
    List<String> columns, List<List<@Nullable String>> rows, long scannedBytes) {
  /** Nothing. */
  public static final SqlResult NOTHING = new SqlResult(List.of(), List.of(), 0);

  private static final int ROWS_OF_A_PAGE = 1_000;

  /** Copies the lists. */
  public SqlResult {
    columns = List.copyOf(columns);
    rows = Collections.unmodifiableList(new ArrayList<>(rows));
  }

  /**
   * A page as the API shows it: the first row of the first one names the columns.
   *
   * @param first the number of its first row
   */
  ObjectNode page(int first) {
    int end = Math.min(first + ROWS_OF_A_PAGE, rows.size() + 1);
    ObjectNode page = JsonNodeFactory.instance.objectNode();
    ArrayNode shown = page.putObject("ResultSet").putArray("Rows");
    for (int i = first; i < end; i++) {
      ArrayNode data = shown.addObject().putArray("Data");
      for (@Nullable String value : i == 0 ? columns : rows.get(i - 1)) {
        ObjectNode datum = data.addObject();
        if (value != null) {
          datum.put("VarCharValue", value);
        }
      }
    }
    if (end <= rows.size()) {
      page.put("NextToken", Integer.toString(end));
    }
    return page;
  }
}
