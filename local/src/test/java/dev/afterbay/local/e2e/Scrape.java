package dev.afterbay.local.e2e;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.hawkular.agent.prometheus.text.TextPrometheusMetricsProcessor;
import org.hawkular.agent.prometheus.types.Counter;
import org.hawkular.agent.prometheus.types.Gauge;
import org.hawkular.agent.prometheus.types.Metric;
import org.hawkular.agent.prometheus.types.MetricFamily;
import org.hawkular.agent.prometheus.walkers.CollectorPrometheusMetricsWalker;

/** A page of {@code /metrics} as a parser reads it that is not of those who wrote it. */
record Scrape(List<MetricFamily> families) {
  static Scrape of(String text) {
    CollectorPrometheusMetricsWalker walker = new CollectorPrometheusMetricsWalker();
    new TextPrometheusMetricsProcessor(
            new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), walker)
        .walk();
    return new Scrape(List.copyOf(walker.getAllMetricFamilies()));
  }

  /** The names of all metrics. */
  List<String> names() {
    return families.stream().map(MetricFamily::getName).toList();
  }

  /** The sum of a metric over all its labels. */
  double sum(String metric) {
    return families.stream()
        .filter(family -> family.getName().equals(metric))
        .flatMap(family -> family.getMetrics().stream())
        .mapToDouble(Scrape::value)
        .sum();
  }

  private static double value(Metric metric) {
    return metric instanceof Counter counter ? counter.getValue() : ((Gauge) metric).getValue();
  }
}
