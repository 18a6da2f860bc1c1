package dev.afterbay.consumer.doctor;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.Map;

/**
 * The process that a worker would be.
 *
 * @param environment its variables
 * @param heapBytes the largest heap that it may have
 * @param memoryBytes of its machine or container
 * @param processors that it may use
 */
public record Surroundings(
    Map<String, String> environment, long heapBytes, long memoryBytes, int processors) {
  /** Copies the variables. */
  public Surroundings {
    environment = Map.copyOf(environment);
  }

  /** Those of this process, which a worker shares that is started in the same way. */
  public static Surroundings ofThisProcess() {
    OperatingSystemMXBean system = ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
    return new Surroundings(
        System.getenv(),
        Runtime.getRuntime().maxMemory(),
        system.getTotalMemorySize(),
        Runtime.getRuntime().availableProcessors());
  }
}
