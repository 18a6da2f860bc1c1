package dev.afterbay.local.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.afterbay.local.process.ServiceJvm;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChildJvmIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir Path dir;

  @Test
  void theWorkerGetsItsConfigurationAndEndsOnTermination() throws Exception {
    Path log = dir.resolve("worker.log");
    Worker worker =
        ChildJvm.of(ServiceJvm.of(System.getProperty("java.class.path"), Stub.class.getName()))
            .launch(dir.resolve("config.yaml"), log);

    await().atMost(PATIENCE).until(() -> Files.readString(log).contains("ready"));
    assertThat(Files.readString(log)).contains("run --config " + dir.resolve("config.yaml"));
    assertThat(Files.readString(log)).contains("credentials local local");
    assertThat(worker.exitCodeWithin(Duration.ZERO)).isEmpty();

    worker.terminate();

    assertThat(worker.exitCodeWithin(PATIENCE)).hasValue(0);
  }

  @Test
  void aWorkerThatCannotStartIsSeenByItsExitCode() {
    Worker worker =
        ChildJvm.of(ServiceJvm.of(dir.toString(), "no.such.Main"))
            .launch(dir.resolve("config.yaml"), dir.resolve("worker.log"));

    assertThat(worker.exitCodeWithin(PATIENCE)).hasValue(1);
  }

  @Test
  void withoutALauncherTheWayOutIsNamed() {
    assertThatThrownBy(ChildJvm::service)
        .isInstanceOf(DemoException.class)
        .hasMessageContaining("./afterbay demo");
  }

  /** Stands in for the worker's main class. */
  static final class Stub {
    private Stub() {}

    public static void main(String[] args) throws InterruptedException {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> Runtime.getRuntime().halt(0)));
      System.out.println(String.join(" ", args));
      System.out.printf(
          "credentials %s %s%n",
          System.getenv("AWS_ACCESS_KEY_ID"), System.getenv("AWS_SECRET_ACCESS_KEY"));
      System.out.println("ready");
      new CountDownLatch(1).await();
    }
  }
}
