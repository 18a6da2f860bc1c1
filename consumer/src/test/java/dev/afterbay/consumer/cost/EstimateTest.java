package dev.afterbay.consumer.cost;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.afterbay.consumer.config.CommitPolicy;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EstimateTest {
  private static final Workload BUSY = new Workload(1, 4, 8, 1_000, 1_000_000);
  private static final Workload IDLE = new Workload(1, 4, 0, 1_000, 1_000_000);

  /** A month has 730 hours, 2,628,000 seconds; the figures are computed by hand. */
  @ParameterizedTest
  @CsvSource({
    // 4 shards x 4 calls/s
    "Streams GetRecords,      42048000,  8.4096",
    // 4 renewals x 3/8, a heartbeat, 2 reports x 1/2.5: 3.3/s
    "Lease table writes,      8672400,   5.42025",
    "Lease table reads,       5256000,   0.657",
    // 35,040 commits x (1 + 3), 350,400 notes
    "S3 writes,               490560,    2.4528",
    "S3 reads,                49056,     0.0196224",
    // 21,024,000 rows x 560 bytes x 12, and a quarter of a GB
    "S3 storage,              141.53128, 3.25521944",
    "Fargate vCPU,            1460,      59.1008",
    "Fargate memory,          2920,      12.9794",
    "Exports,                 30,        3.0",
    "Point-in-time recovery,  1,         0.2",
    // 1,000 questions x 0.387072 GB
    "Athena,                  387.072,   1.93536",
    "Glue requests,           21900,     0.0219",
    "CloudWatch metrics,      30,        9.0",
    "CloudWatch logs,         1,         0.5",
    "KMS requests,            5396.16,   0.01618848",
    "KMS key,                 1,         1.0"
  })
  void eachItemIsItsQuantityTimesItsPrice(String item, double quantity, double perMonth) {
    Line line = line(Estimate.of(BUSY, plan(10, 0), Prices.standard("us-east-1")), item);

    assertThat(line.quantity()).isCloseTo(quantity, within(1e-6));
    assertThat(line.perMonth()).isCloseTo(perMonth, within(1e-9));
  }

  @Test
  void theTotalIsTheSumAndTheLargestItemIsNamed() {
    Estimate estimate = Estimate.of(BUSY, plan(10, 0), Prices.standard("us-east-1"));

    assertThat(estimate.lines()).hasSize(16);
    assertThat(estimate.total()).isCloseTo(107.96814032, within(1e-8));
    assertThat(estimate.dominant().item()).isEqualTo("Fargate vCPU");
    assertThat(estimate.dominant().setting()).contains("--vcpu");
  }

  @ParameterizedTest
  @CsvSource({"1, 10512000, 2.1024", "10, 1051200, 0.21024", "30, 350400, 0.07008"})
  void anIdleShardCostsByItsLatency(double seconds, double calls, double perMonth) {
    Line line =
        line(
            Estimate.of(IDLE, plan(seconds, 0), Prices.standard("us-east-1")),
            "Streams GetRecords");

    assertThat(line.quantity()).isCloseTo(calls, within(1e-6));
    assertThat(line.perMonth()).isCloseTo(perMonth, within(1e-9));
  }

  @Test
  void anIdleTableCommitsNothingButIsNotedAndAskedAboutTenMegabytesAtATime() {
    Estimate estimate = Estimate.of(IDLE, plan(10, 0), Prices.standard("us-east-1"));

    assertThat(line(estimate, "S3 writes").quantity()).isCloseTo(350_400, within(1e-6));
    assertThat(line(estimate, "Athena").perMonth()).isCloseTo(0.05, within(1e-9));
  }

  @Test
  void bytesCutCommitsBeforeTheirAgeDoes() {
    // 100,000 changes/s of 10,060 bytes on 10 shards: 0.7495 commits/s each, 16 parts of 8 MiB.
    Workload heavy = new Workload(1, 10, 100_000, 20_000, 0);
    double commits = 10_000 * 10_060.0 / (128 << 20) * 10 * 2_628_000;

    Line line = line(Estimate.of(heavy, plan(10, 0), Prices.standard("us-east-1")), "S3 writes");

    assertThat(line.quantity())
        .isCloseTo(commits * (1 + 2 + 16) + 10 / 30.0 * 2_628_000, within(1.0));
  }

  @Test
  void endpointsOfTheVpcAreAnItemOnlyWhereThereAreSome() {
    Estimate estimate = Estimate.of(IDLE, plan(10, 16), Prices.standard("eu-central-1"));

    assertThat(line(estimate, "VPC interface endpoints").perMonth())
        .isCloseTo(16 * 730 * 0.012, within(1e-9));
    assertThat(estimate.dominant().item()).isEqualTo("VPC interface endpoints");
  }

  private static Plan plan(double idleSeconds, double endpoints) {
    return new Plan(
        CommitPolicy.DEFAULT,
        1,
        Duration.ofMillis((long) (idleSeconds * 1000)),
        2,
        1,
        2,
        30,
        12,
        1_000,
        30,
        1,
        endpoints);
  }

  private static Line line(Estimate estimate, String item) {
    return estimate.lines().stream()
        .filter(line -> line.item().equals(item))
        .findFirst()
        .orElseThrow();
  }
}
