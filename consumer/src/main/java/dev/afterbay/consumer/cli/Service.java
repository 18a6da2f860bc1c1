package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.preflight.TableFacts;
import java.util.List;

/** What {@code run} runs once the tables are known to be fit. */
@FunctionalInterface
interface Service {
  /**
   * Works until it is told to stop.
   *
   * @return the exit code
   */
  int run(AfterbayConfig config, List<TableFacts> tables, String workerId, Termination termination)
      throws Exception;
}
