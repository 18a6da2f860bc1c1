package dev.afterbay.consumer.tracing;

import dev.afterbay.consumer.config.TracingConfig;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.autoconfigure.AutoConfiguredOpenTelemetrySdk;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The tracing of one process. */
public final class Tracing implements AutoCloseable {
  private static final String SCOPE = "dev.afterbay";

  /** What is not sent by then is lost: the process has other things to end in order. */
  private static final Duration LAST_SENDING = Duration.ofSeconds(1);

  /** Only traces: metrics and logs have ways of their own. The environment may say otherwise. */
  private static final Map<String, String> DEFAULTS =
      Map.of(
          "otel.service.name", "afterbay",
          "otel.traces.exporter", "otlp",
          "otel.metrics.exporter", "none",
          "otel.logs.exporter", "none",
          "otel.exporter.otlp.protocol", "http/protobuf");

  private final Optional<OpenTelemetrySdk> sdk;
  private final CommitSpans commits;

  private Tracing(Optional<OpenTelemetrySdk> sdk, String workerId) {
    this.sdk = sdk;
    this.commits = new CommitSpans(tracer(sdk), workerId);
  }

  /**
   * Starts what the configuration asks for.
   *
   * @param workerId stands in every span
   * @throws io.opentelemetry.sdk.autoconfigure.spi.ConfigurationException if a variable of the
   *     environment makes no sense
   */
  public static Tracing start(TracingConfig config, String workerId) {
    return switch (config) {
      case NONE -> new Tracing(Optional.empty(), workerId);
      case OTLP ->
          new Tracing(
              Optional.of(
                  AutoConfiguredOpenTelemetrySdk.builder()
                      .addPropertiesSupplier(() -> DEFAULTS)
                      .disableShutdownHook()
                      .build()
                      .getOpenTelemetrySdk()),
              workerId);
    };
  }

  /** The spans of this process's commits. */
  public CommitSpans commits() {
    return commits;
  }

  /** Sends what is left, if that can be done quickly. */
  @Override
  public void close() {
    sdk.ifPresent(
        running ->
            running
                .getSdkTracerProvider()
                .shutdown()
                .join(LAST_SENDING.toMillis(), TimeUnit.MILLISECONDS));
  }

  private static Tracer tracer(Optional<OpenTelemetrySdk> sdk) {
    return sdk.<OpenTelemetry>map(running -> running)
        .orElseGet(OpenTelemetry::noop)
        .getTracer(SCOPE);
  }
}
