package dev.afterbay.consumer.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.consumer.cost.Estimate;
import dev.afterbay.consumer.cost.Line;
import dev.afterbay.consumer.cost.Prices;
import dev.afterbay.consumer.cost.Workload;
import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.Locale;

/** An estimate of costs as it is printed. */
final class CostAnswer {
  private CostAnswer() {}

  static void print(Workload workload, Prices prices, Estimate estimate, PrintWriter out) {
    out.printf(
        Locale.ROOT,
        "%d tables, %.0f open shards, %.2f changes/s of %.0f bytes, %.0f items; prices of %s, %s%n",
        workload.tables(),
        workload.shards(),
        workload.writesPerSecond(),
        workload.itemBytes(),
        workload.storedItems(),
        prices.region(),
        prices.date());
    out.printf(
        "%-24s %16s  %-24s %10s  %s%n",
        "Item", "Quantity", "Unit price", "USD/month", "Assumption");
    for (Line line : estimate.lines()) {
      out.printf(
          Locale.ROOT,
          "%-24s %,16.1f  %-24s %10.2f  %s%n",
          line.item(),
          line.quantity(),
          number(line.unitPrice()) + " per " + line.unit(),
          line.perMonth(),
          line.assumption());
    }
    out.printf(Locale.ROOT, "%-24s %16s  %-24s %10.2f%n", "Total", "", "", estimate.total());
    Line most = estimate.dominant();
    out.printf(
        Locale.ROOT,
        "%s is %.0f%% of it; what changes it: %s%n",
        most.item(),
        estimate.total() == 0 ? 0 : 100 * most.perMonth() / estimate.total(),
        most.setting());
  }

  static ObjectNode json(Workload workload, Prices prices, Estimate estimate) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.putObject("workload")
        .put("tables", workload.tables())
        .put("shards", workload.shards())
        .put("writesPerSecond", workload.writesPerSecond())
        .put("itemBytes", workload.itemBytes())
        .put("storedItems", workload.storedItems());
    json.putObject("prices")
        .put("region", prices.region())
        .put("date", prices.date())
        .put("source", prices.source());
    ArrayNode lines = json.putArray("lines");
    for (Line line : estimate.lines()) {
      lines
          .addObject()
          .put("item", line.item())
          .put("quantity", line.quantity())
          .put("unitPrice", line.unitPrice())
          .put("unit", line.unit())
          .put("perMonth", line.perMonth())
          .put("assumption", line.assumption())
          .put("setting", line.setting());
    }
    return json.put("total", estimate.total()).put("dominant", estimate.dominant().item());
  }

  private static String number(double price) {
    return new BigDecimal(Double.toString(price)).stripTrailingZeros().toPlainString();
  }
}
