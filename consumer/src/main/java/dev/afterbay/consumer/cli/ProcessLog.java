package dev.afterbay.consumer.cli;

import ch.qos.logback.classic.LoggerContext;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.LoggerFactory;
import org.slf4j.bridge.SLF4JBridgeHandler;

/** The log of this process: lines on stderr, as text or JSON. */
final class ProcessLog {
  private static final String FORMAT = "AFTERBAY_LOG_FORMAT";
  private static final List<String> FORMATS = List.of("text", "json");

  private ProcessLog() {}

  /** What is wrong with the variables of the environment that the log is set up by. */
  static Optional<String> mistake(Map<String, String> environment) {
    String format = environment.getOrDefault(FORMAT, FORMATS.get(0));
    return FORMATS.contains(format)
        ? Optional.empty()
        : Optional.of(
            "afterbay: "
                + FORMAT
                + " is '"
                + format
                + "'; set it to "
                + String.join(" or ", FORMATS)
                + ", or not at all");
  }

  /** From now on the lines of java.util.logging, which libraries use, look like all others. */
  static void takeAll() {
    SLF4JBridgeHandler.removeHandlersForRootLogger();
    SLF4JBridgeHandler.install();
  }

  /** From now on each line of JSON says which worker wrote it. */
  static void name(String workerId) {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.putProperty("workerId", workerId);
    }
  }
}
