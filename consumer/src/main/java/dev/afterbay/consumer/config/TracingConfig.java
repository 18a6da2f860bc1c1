package dev.afterbay.consumer.config;

/** Where traces of commits go. */
public enum TracingConfig {
  /** Nowhere; none are made. */
  NONE,
  /** To a collector by OTLP; the usual {@code OTEL_…} variables say where it is, and what else. */
  OTLP
}
