package dev.afterbay.local.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LastSentenceTest {
  @TempDir Path dir;

  @Test
  void theLastErrorOfTheServiceIsTheReasonWhateverItsLibrariesSay() throws IOException {
    Path log =
        log(
            """
            2026-11-21T11:56:42.181Z INFO  d.a.c.cli.ForegroundWorker Worker w1 reads 1 tables
            2026-11-21T11:56:43.181Z ERROR d.a.c.w.WorkerService Shard A cannot go on: no answer
            java.lang.IllegalStateException: no answer
              at somewhere
            2026-11-21T11:56:43.183Z ERROR s.a.k.l.d.DynamoDBLeaseCoordinator Failed to find leases
            2026-11-21T11:56:44.181Z INFO  d.a.c.cli.ForegroundWorker Worker w1 stopped
            """);

    assertThat(LastSentence.of(log)).isEqualTo("Shard A cannot go on: no answer");
  }

  @Test
  void anAnswerOnTheTerminalIsOneToo() throws IOException {
    assertThat(LastSentence.of(log("afterbay: The table is not there\n")))
        .isEqualTo("The table is not there");
  }

  @Test
  void otherwiseItIsTheLastLine() throws IOException {
    assertThat(LastSentence.of(log("one\ntwo\n"))).isEqualTo("two");
    assertThat(LastSentence.of(log(""))).isEqualTo("(nothing was logged)");
  }

  @Test
  void whatDiffersFromCaseToCaseIsNoPartOfTheReason() {
    assertThat(
            LastSentence.reason(
                "Shard Orders/2026-11-21T11:56:42.181/shardId-00000001763726202181-0a1b2c3d cannot"
                    + " put 'lake/a/b.json' after 0000000000000000000000000000000000000123"))
        .isEqualTo("Shard Orders/(time)/shardId-… cannot put '…' after …");
  }

  private Path log(String text) throws IOException {
    return Files.writeString(dir.resolve("worker.log"), text);
  }
}
