package dev.afterbay.consumer.cli;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A worker's name among its peers: the id of its task on ECS, which outlives a restart of the
 * container, so that the process that is started again goes on with its own leases at once;
 * elsewhere host and process.
 */
final class WorkerName {
  /** ECS tells every container where to ask about itself; the address holds the id of the task. */
  private static final String METADATA = "ECS_CONTAINER_METADATA_URI_V4";

  private static final Pattern TASK = Pattern.compile("/v4/([0-9a-f]{32})(-|$)");

  private WorkerName() {}

  static String of(Map<String, String> environment) {
    Matcher task = TASK.matcher(environment.getOrDefault(METADATA, ""));
    return task.find() ? "task-" + task.group(1) : hostAndProcess();
  }

  private static String hostAndProcess() {
    String host = "localhost";
    try {
      host = InetAddress.getLocalHost().getHostName();
    } catch (UnknownHostException e) {
      // A container without a resolvable name: the process id still tells workers apart there.
      host = "unnamed";
    }
    return host + "-" + ProcessHandle.current().pid();
  }
}
