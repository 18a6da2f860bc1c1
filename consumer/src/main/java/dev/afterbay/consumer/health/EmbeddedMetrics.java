package dev.afterbay.consumer.health;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The metrics as lines of CloudWatch's embedded metric format: one line for each table, and one for
 * the process. The figures of single shards are not in them: CloudWatch bills every metric.
 */
public final class EmbeddedMetrics {
  private static final String NAMESPACE = "Afterbay";

  /** Stands for the process among the tables. */
  private static final String PROCESS = "";

  private final Metrics metrics;
  private final String application;
  private final String worker;
  private final InstantSource clock;
  private final Consumer<String> out;
  private final Map<String, Double> told = new HashMap<>();

  /**
   * The metrics of one worker.
   *
   * @param out receives each line, without its end
   */
  public EmbeddedMetrics(
      Metrics metrics,
      String application,
      String worker,
      InstantSource clock,
      Consumer<String> out) {
    this.metrics = metrics;
    this.application = application;
    this.worker = worker;
    this.clock = clock;
    this.out = out;
  }

  /** Tells what is now, and what was counted since the last time. */
  public synchronized void tell() {
    read().forEach((table, figures) -> out.accept(line(table, figures)));
  }

  /** Tells what was counted since the last time; how a process is that ends is of no interest. */
  public synchronized void tellRest() {
    read()
        .forEach(
            (table, figures) -> {
              figures.keySet().removeIf(metric -> !metric.counts());
              out.accept(line(table, figures));
            });
  }

  private Map<String, Map<CloudWatchMetric, Double>> read() {
    MeterRegistry meters = metrics.meters();
    Map<String, Map<CloudWatchMetric, Double>> all = new TreeMap<>();
    for (CloudWatchMetric metric : CloudWatchMetric.values()) {
      for (Meter meter : meters.find(metric.meter()).meters()) {
        String tag = meter.getId().getTag("table");
        double value = meter.measure().iterator().next().getValue();
        all.computeIfAbsent(
                tag == null ? PROCESS : tag, table -> new EnumMap<>(CloudWatchMetric.class))
            .merge(metric, metric.of(value), Double::sum);
      }
    }
    all.forEach(
        (table, figures) ->
            figures.replaceAll(
                (metric, value) -> metric.counts() ? since(table, metric, value) : value));
    return all;
  }

  private double since(String table, CloudWatchMetric metric, double value) {
    Double before = told.put(metric + " " + table, value);
    return before == null ? value : value - before;
  }

  private String line(String table, Map<CloudWatchMetric, Double> figures) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ObjectNode aws = json.putObject("_aws");
    aws.put("Timestamp", clock.instant().toEpochMilli());
    ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
    directive.put("Namespace", NAMESPACE);
    ArrayNode dimensions = directive.putArray("Dimensions").addArray().add("Application");
    json.put("Application", application);
    if (!table.equals(PROCESS)) {
      dimensions.add("Table");
      json.put("Table", table);
    }
    json.put("Worker", worker);
    ArrayNode names = directive.putArray("Metrics");
    figures.forEach(
        (metric, value) -> {
          names.addObject().put("Name", metric.title()).put("Unit", metric.unit());
          if (value == Math.rint(value)) {
            json.put(metric.title(), value.longValue());
          } else {
            json.put(metric.title(), value);
          }
        });
    return json.toString();
  }
}
