package dev.afterbay.consumer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class WorkerNameTest {
  @Test
  void onEcsAWorkerBearsTheIdOfItsTaskWhicheverContainerOfItRuns() {
    String id = "dbf67f3e8b1c4d0a9e5f2a7c6b3d1e0f";
    String address = "http://169.254.170.2/v4/" + id;

    assertThat(WorkerName.of(Map.of("ECS_CONTAINER_METADATA_URI_V4", address + "-0526214186")))
        .isEqualTo(WorkerName.of(Map.of("ECS_CONTAINER_METADATA_URI_V4", address + "-1890713377")))
        .isEqualTo("task-" + id);
  }

  @Test
  void elsewhereItIsHostAndProcess() {
    assertThat(WorkerName.of(Map.of())).endsWith("-" + ProcessHandle.current().pid());
    assertThat(WorkerName.of(Map.of("ECS_CONTAINER_METADATA_URI_V4", "http://169.254.170.2/v4/x")))
        .endsWith("-" + ProcessHandle.current().pid());
  }
}
