package dev.afterbay.consumer.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Whether heap, memory and time to stop suit what a worker has to do. */
final class ProcessChecks {
  /** Beside its heap: code, threads, buffers of the network and what DuckDB takes. */
  private static final long BESIDE_THE_HEAP = 256L << 20;

  /** Measured: 512 MiB carry forty shards with a backlog. */
  private static final long HEAP = 512L << 20;

  private static final int SHARDS = 40;
  private static final String METADATA = "ECS_CONTAINER_METADATA_URI_V4";
  private static final Duration PATIENCE = Duration.ofSeconds(2);
  private static final String STOP =
      "A worker needs up to 30 s after SIGTERM: set 'stopTimeout' of the container to 30 or more";

  private final Surroundings process;

  ProcessChecks(Surroundings process) {
    this.process = process;
  }

  void look(Examination.Part part, long openShards) {
    part.check("heap", List.of(), () -> heap(openShards));
    part.check("memory", List.of(), this::memory);
    part.check("container", List.of(), this::container);
  }

  private Outcome heap(long shards) {
    long wanted = Math.max(HEAP / 2, HEAP * shards / SHARDS);
    String found =
        "a heap of %s and %d processors for %d open shards"
            .formatted(mebibytes(process.heapBytes()), process.processors(), shards);
    return process.heapBytes() >= wanted
        ? Outcome.ok(found)
        : Outcome.warn(
            found + " makes small files, or is too little for large items",
            "AFTERBAY_OPTS=-Xmx" + (wanted >> 20) + "m, or more workers to share the shards");
  }

  private Outcome memory() {
    long largest = process.memoryBytes() - BESIDE_THE_HEAP;
    String found =
        "%s of memory for a heap of %s"
            .formatted(mebibytes(process.memoryBytes()), mebibytes(process.heapBytes()));
    return process.heapBytes() <= largest
        ? Outcome.ok(found)
        : Outcome.failed(
            found + " and the 256 MiB beside it: the kernel will kill the process under load",
            largest > HEAP / 2
                ? "AFTERBAY_OPTS=-Xmx" + (largest >> 20) + "m, or more memory for the container"
                : "give the container at least " + mebibytes(HEAP + BESIDE_THE_HEAP));
  }

  private Outcome container() throws IOException, InterruptedException {
    @Nullable String address = process.environment().get(METADATA);
    if (address == null || address.isBlank()) {
      return Outcome.skipped(
          "no ECS task; whatever supervises the worker must wait 30 s to kill it");
    }
    HttpRequest request =
        HttpRequest.newBuilder(URI.create(address + "/task")).timeout(PATIENCE).build();
    HttpResponse<String> answer =
        HttpClient.newBuilder()
            .connectTimeout(PATIENCE)
            .build()
            .send(request, HttpResponse.BodyHandlers.ofString());
    JsonNode task = new ObjectMapper().readTree(answer.body());
    String definition = task.path("Family").asText() + ":" + task.path("Revision").asText();
    String found =
        "ECS task %s, %s MiB, %s vCPU"
            .formatted(
                definition,
                task.path("Limits").path("Memory").asText("?"),
                task.path("Limits").path("CPU").asText("?"));
    long limit = task.path("Limits").path("Memory").asLong() << 20;
    return limit > 0 && process.heapBytes() > limit - BESIDE_THE_HEAP
        ? Outcome.failed(
            found + ": too little for a heap of " + mebibytes(process.heapBytes()),
            "raise 'Memory' of the task definition, or lower -Xmx")
        : Outcome.ok(
            found
                + ". "
                + STOP
                + " (aws ecs describe-task-definition --task-definition "
                + definition
                + ")");
  }

  private static String mebibytes(long bytes) {
    return (bytes >> 20) + " MiB";
  }
}
