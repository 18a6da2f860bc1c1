package dev.afterbay.local.demo;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the demo prints at its end. */
public final class DemoReport {
  private DemoReport() {}

  /** The one object of {@code --json}. */
  public static String json(DemoResult result) {
    ObjectNode json = new ObjectMapper().createObjectNode();
    json.put("streamRecords", result.sums().streamRecords());
    json.put("changeRows", result.sums().changeRows());
    json.put("missing", result.sums().missing());
    json.put("duplicates", result.sums().duplicates());
    json.put("secondsToFirstRow", seconds(result));
    json.put("lake", result.lake().toString());
    return json.toString();
  }

  /** The answers for a person. */
  public static void print(DemoResult result, PrintWriter out) {
    for (DemoResult.Answered answered : result.answers()) {
      out.println();
      out.println(answered.title());
      table(answered.answer(), out);
    }
    SumCheck sums = result.sums();
    out.println();
    out.println("Sum check: the streams, read without the worker, against the lake");
    out.printf(
        "  %,d stream records, %,d rows, %,d missing, %,d duplicates%s; first row after %s s%n",
        sums.streamRecords(),
        sums.changeRows(),
        sums.missing(),
        sums.duplicates(),
        sums.strangers() == 0 ? "" : ", %,d from nowhere".formatted(sums.strangers()),
        seconds(result));
    out.println();
    out.println("Audit: the lake against exports of the tables");
    result.proof().lines().forEach(out::println);
    table(result.proof().found(), out);
    out.println();
    out.println("The Parquet files lie under " + result.lake());
    out.println("Ask more: bring the endpoints back in one terminal, ask in another");
    out.println("  " + result.restart());
    out.printf(
        "  ./afterbay query --config %s \"SELECT * FROM tasks ORDER BY cdc_seq\"%n",
        result.config());
    out.flush();
  }

  private static BigDecimal seconds(DemoResult result) {
    return BigDecimal.valueOf(result.secondsToFirstRow().toMillis(), 3)
        .setScale(1, RoundingMode.HALF_UP);
  }

  private static void table(Lake.Answer answer, PrintWriter out) {
    List<List<String>> lines = new ArrayList<>();
    lines.add(answer.columns());
    for (List<@Nullable Object> row : answer.rows()) {
      lines.add(row.stream().map(cell -> cell == null ? "" : cell.toString()).toList());
    }
    List<Integer> widths = new ArrayList<>(Collections.nCopies(answer.columns().size(), 0));
    for (List<String> line : lines) {
      for (int column = 0; column < line.size(); column++) {
        widths.set(column, Math.max(widths.get(column), line.get(column).length()));
      }
    }
    for (List<String> line : lines) {
      StringBuilder text = new StringBuilder();
      for (int column = 0; column < line.size(); column++) {
        text.append("  ").append(line.get(column));
        text.append(" ".repeat(widths.get(column) - line.get(column).length()));
      }
      out.println(text.toString().stripTrailing());
    }
    if (answer.rows().isEmpty()) {
      out.println("  (none)");
    }
  }
}
