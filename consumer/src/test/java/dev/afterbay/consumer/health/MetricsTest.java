package dev.afterbay.consumer.health;

import static dev.afterbay.consumer.health.Shards.SHOP;
import static dev.afterbay.consumer.health.Shards.SHOP_1;
import static dev.afterbay.consumer.health.Shards.SHOP_2;
import static dev.afterbay.consumer.health.Shards.TASKS;
import static dev.afterbay.consumer.health.Shards.TASKS_1;
import static dev.afterbay.consumer.health.Shards.visible;
import static dev.afterbay.consumer.health.TestClock.START;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import dev.afterbay.consumer.aws.AwsCalls;
import dev.afterbay.consumer.status.Lease;
import dev.afterbay.consumer.status.LeaseRows;
import dev.afterbay.reconciliation.audit.AuditSummary;
import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.sinks.segment.Tally;
import dev.afterbay.transforms.change.ShardId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class MetricsTest {
  private final TestClock clock = new TestClock();
  private final Vitals vitals = Vitals.startingNow(clock);
  private final Health health = Health.of(vitals, Duration.ofMinutes(2));
  private final AwsCalls calls = new AwsCalls();
  private final Metrics metrics = new Metrics(vitals, health, calls);

  @Test
  void aProcessWithoutTablesTellsOfItselfAndItsCalls() {
    assertThat(metrics.text().lines().filter(line -> !line.startsWith("#")))
        .containsExactlyInAnyOrder(
            "afterbay_healthy 1.0",
            "afterbay_get_records_calls_total 0.0",
            "afterbay_s3_errors_total 0.0",
            "afterbay_throttles_total{service=\"DynamoDB\"} 0.0",
            "afterbay_throttles_total{service=\"DynamoDB Streams\"} 0.0",
            "afterbay_throttles_total{service=\"S3\"} 0.0");
  }

  @Test
  void aWatchedTableStartsAtZeroAndHasNoLag() {
    vitals.watch(SHOP, () -> true);

    assertThat(Samples.read(metrics.text()))
        .containsOnly(
            entry("afterbay_records_read_total E-commerce-Data", 0.0),
            entry("afterbay_records_total E-commerce-Data", 0.0),
            entry("afterbay_duplicates_total E-commerce-Data", 0.0),
            entry("afterbay_commits_total E-commerce-Data", 0.0),
            entry("afterbay_files_total E-commerce-Data", 0.0),
            entry("afterbay_bytes_total E-commerce-Data", 0.0),
            entry("afterbay_quarantined_records_total E-commerce-Data", 0.0),
            entry("afterbay_gaps_total E-commerce-Data", 0.0),
            entry("afterbay_extra_attributes_total E-commerce-Data", 0.0),
            entry("afterbay_unrouted_records_total E-commerce-Data", 0.0),
            entry("afterbay_rows_total E-commerce-Data", 0.0),
            entry("afterbay_commit_seconds_count E-commerce-Data", 0.0),
            entry("afterbay_commit_seconds_sum E-commerce-Data", 0.0),
            entry("afterbay_shards_owned E-commerce-Data", 0.0));
  }

  @Test
  void theCatalogIsUpToDateOrNot() {
    vitals.behind();
    assertThat(metrics.text()).contains("\nafterbay_catalog_up_to_date 0.0\n");

    vitals.upToDate();
    assertThat(metrics.text()).contains("\nafterbay_catalog_up_to_date 1.0\n");
  }

  @Test
  void theNewestAuditHasItsDriftByVerdictAndItsAge() {
    vitals.audited(audit(START.minusSeconds(7200), 9));
    vitals.audited(audit(START.minusSeconds(3600), 2));
    clock.advance(Duration.ofSeconds(10));

    assertThat(metrics.text().lines().filter(line -> line.startsWith("afterbay_audit")))
        .containsExactlyInAnyOrder(
            "afterbay_audit_drift{table=\"E-commerce-Data\",verdict=\"missing\"} 2.0",
            "afterbay_audit_drift{table=\"E-commerce-Data\",verdict=\"stale\"} 1.0",
            "afterbay_audit_drift{table=\"E-commerce-Data\",verdict=\"phantom\"} 0.0",
            "afterbay_audit_age_seconds{table=\"E-commerce-Data\"} 3610.0");
  }

  private static AuditSummary audit(Instant at, long missing) {
    return new AuditSummary(SHOP, at, "export", 7, missing, 1, 0, 3, 100, 5, Duration.ZERO);
  }

  @Test
  void everyTableHasItsOwnFigures() {
    vitals.opened(SHOP_1);
    vitals.opened(SHOP_2);
    vitals.opened(TASKS_1);
    vitals.polled(SHOP_1, 1000, 7);
    vitals.polled(SHOP_2, 500, 0);
    vitals.polled(TASKS_1, 3, 0);
    vitals.committed(SHOP_1, visible(900, 2, 5_000_000_000L, START.minusSeconds(30)));
    vitals.committed(SHOP_2, visible(400, 1, 5, START.minusMillis(1500)));
    clock.advance(Duration.ofSeconds(10));

    assertThat(Samples.read(metrics.text()))
        .containsOnly(
            entry("afterbay_records_read_total E-commerce-Data", 1500.0),
            entry("afterbay_records_total E-commerce-Data", 1300.0),
            entry("afterbay_duplicates_total E-commerce-Data", 7.0),
            entry("afterbay_commits_total E-commerce-Data", 2.0),
            entry("afterbay_files_total E-commerce-Data", 3.0),
            entry("afterbay_bytes_total E-commerce-Data", 5_000_000_005.0),
            entry("afterbay_quarantined_records_total E-commerce-Data", 0.0),
            entry("afterbay_gaps_total E-commerce-Data", 0.0),
            entry("afterbay_extra_attributes_total E-commerce-Data", 0.0),
            entry("afterbay_unrouted_records_total E-commerce-Data", 0.0),
            entry("afterbay_rows_total E-commerce-Data", 1300.0),
            entry("afterbay_commit_seconds_count E-commerce-Data", 2.0),
            entry("afterbay_commit_seconds_sum E-commerce-Data", 3.0),
            entry("afterbay_commit_seconds_max E-commerce-Data", 1.5),
            entry("afterbay_complete_at_age_seconds E-commerce-Data", 40.0),
            entry("afterbay_seconds_until_trimmed E-commerce-Data", 86_360.0),
            entry("afterbay_shards_owned E-commerce-Data", 2.0),
            entry("afterbay_lag_seconds E-commerce-Data", 40.0),
            entry("afterbay_shard_last_poll_age_seconds E-commerce-Data shardId-0001", 10.0),
            entry("afterbay_shard_last_poll_age_seconds E-commerce-Data shardId-0002", 10.0),
            entry("afterbay_shard_last_poll_age_seconds TaskApp shardId-0001", 10.0),
            entry(
                "afterbay_shard_hours_until_trimmed E-commerce-Data shardId-0001",
                24 - 40 / 3600.0),
            entry(
                "afterbay_shard_hours_until_trimmed E-commerce-Data shardId-0002",
                24 - 11.5 / 3600),
            entry("afterbay_shard_hours_until_trimmed TaskApp shardId-0001", 24 - 10 / 3600.0),
            entry("afterbay_records_read_total TaskApp", 3.0),
            entry("afterbay_records_total TaskApp", 0.0),
            entry("afterbay_duplicates_total TaskApp", 0.0),
            entry("afterbay_commits_total TaskApp", 0.0),
            entry("afterbay_files_total TaskApp", 0.0),
            entry("afterbay_bytes_total TaskApp", 0.0),
            entry("afterbay_quarantined_records_total TaskApp", 0.0),
            entry("afterbay_gaps_total TaskApp", 0.0),
            entry("afterbay_extra_attributes_total TaskApp", 0.0),
            entry("afterbay_unrouted_records_total TaskApp", 0.0),
            entry("afterbay_rows_total TaskApp", 0.0),
            entry("afterbay_commit_seconds_count TaskApp", 0.0),
            entry("afterbay_commit_seconds_sum TaskApp", 0.0),
            entry("afterbay_complete_at_age_seconds TaskApp", 10.0),
            entry("afterbay_seconds_until_trimmed TaskApp", 86_390.0),
            entry("afterbay_shards_owned TaskApp", 1.0));
  }

  @Test
  void aShardTellsHowLongItWasNotReadAndNotCaughtUpAndWhenRecordsWillBeLost() {
    vitals.opened(SHOP_1);
    vitals.opened(SHOP_2);
    clock.advance(Duration.ofMinutes(30));
    vitals.caughtUp(SHOP_1);
    vitals.fetched(SHOP_1);
    vitals.quarantined(SHOP_1, 4);
    vitals.gap(SHOP_2);
    vitals.counted(
        SHOP_1,
        Tallies.of(
            List.of(
                new Tally("orders", "Total", "TYPE"),
                new Tally("changes", "PK: {pk}", Tally.UNROUTED),
                new Tally("changes", "PK: {pk}", Tally.UNROUTED))));
    clock.advance(Duration.ofSeconds(90));

    assertThat(Samples.read(metrics.text()))
        .containsEntry("afterbay_shard_last_poll_age_seconds E-commerce-Data shardId-0001", 90.0)
        .doesNotContainKey("afterbay_shard_last_poll_age_seconds E-commerce-Data shardId-0002")
        .containsEntry("afterbay_shard_caught_up_age_seconds E-commerce-Data shardId-0001", 90.0)
        .doesNotContainKey("afterbay_shard_caught_up_age_seconds E-commerce-Data shardId-0002")
        .containsEntry("afterbay_shard_hours_until_trimmed E-commerce-Data shardId-0001", 23.975)
        .containsEntry("afterbay_shard_hours_until_trimmed E-commerce-Data shardId-0002", 23.475)
        .containsEntry("afterbay_quarantined_records_total E-commerce-Data", 4.0)
        .containsEntry("afterbay_gaps_total E-commerce-Data", 1.0)
        .containsEntry("afterbay_extra_attributes_total E-commerce-Data", 1.0)
        .containsEntry("afterbay_unrouted_records_total E-commerce-Data", 2.0);
  }

  @Test
  void theFiguresMoveFromScrapeToScrapeAndTheLagGoesWithTheShards() {
    vitals.opened(SHOP_1);
    vitals.committed(SHOP_1, visible(1, 1, 10, START));
    clock.advance(Duration.ofMillis(2500));
    assertThat(Samples.read(metrics.text()))
        .containsEntry("afterbay_lag_seconds E-commerce-Data", 2.5)
        .containsEntry("afterbay_records_total E-commerce-Data", 1.0);

    vitals.committed(SHOP_1, visible(2, 1, 10, START.plusSeconds(2)));
    assertThat(Samples.read(metrics.text()))
        .containsEntry("afterbay_lag_seconds E-commerce-Data", 0.5)
        .containsEntry("afterbay_records_total E-commerce-Data", 3.0);

    vitals.watch(TASKS, () -> true);
    vitals.ended(SHOP_1);
    assertThat(Samples.read(metrics.text()))
        .doesNotContainKey("afterbay_lag_seconds E-commerce-Data")
        .containsEntry("afterbay_shards_owned E-commerce-Data", 0.0)
        .containsEntry("afterbay_records_total E-commerce-Data", 3.0)
        .containsEntry("afterbay_records_total TaskApp", 0.0);
  }

  @Test
  void theLakeIsAsFarBehindAsTheShardThatIsLeastComplete() {
    vitals.opened(SHOP_1);
    vitals.opened(SHOP_2);
    vitals.completeThrough(SHOP_1, START.minusSeconds(90));
    vitals.committed(SHOP_2, visible(1, 1, 10, START.minusSeconds(5)));
    assertThat(Samples.read(metrics.text()))
        .containsEntry("afterbay_complete_at_age_seconds E-commerce-Data", 90.0);

    vitals.completeThrough(SHOP_1, START.minusSeconds(1));
    vitals.completeThrough(SHOP_1, START.minusSeconds(50));
    assertThat(Samples.read(metrics.text()))
        .containsEntry("afterbay_complete_at_age_seconds E-commerce-Data", 5.0);
  }

  @Test
  void shardsOfAllWorkersAreThoseOfTheLeaseTable() {
    vitals.seen(
        SHOP,
        new LeaseRows(
            List.of(
                lease("1", "", "SHARD_END"),
                lease("2", "one", "77", "1"),
                lease("3", "", "TRIM_HORIZON", "1"),
                lease("4", "", "TRIM_HORIZON", "3")),
            Optional.empty()));

    assertThat(Samples.read(metrics.text()))
        .containsEntry("afterbay_shards_open E-commerce-Data", 3.0)
        .containsEntry("afterbay_shards_unowned E-commerce-Data", 1.0);
  }

  private static Lease lease(String shard, String owner, String checkpoint, String... parents) {
    return new Lease(
        new ShardId("shardId-" + shard),
        Optional.of(owner).filter(name -> !name.isEmpty()),
        checkpoint,
        Stream.of(parents).map(p -> new ShardId("shardId-" + p)).collect(Collectors.toSet()),
        "1");
  }

  @Test
  void theSlowestCommitIsForgottenAfterTheNextMinute() {
    vitals.opened(SHOP_1);
    vitals.committed(SHOP_1, visible(1, 1, 10, START));
    clock.advance(Duration.ofMinutes(1));
    assertThat(Samples.read(metrics.text()))
        .containsEntry("afterbay_commit_seconds_max E-commerce-Data", 1.5);

    clock.advance(Duration.ofMinutes(1));
    assertThat(Samples.read(metrics.text()))
        .containsEntry("afterbay_commit_seconds_max E-commerce-Data", 0.0)
        .containsEntry("afterbay_commit_seconds_sum E-commerce-Data", 1.5);
  }

  @Test
  void everyMetricSaysItsTypeAndMeaning() {
    vitals.opened(SHOP_1);
    vitals.committed(SHOP_1, visible(1, 1, 10, START));

    assertThat(metrics.text().lines())
        .contains(
            "# HELP afterbay_records_total Records that became visible in the lake",
            "# TYPE afterbay_records_total counter",
            "# TYPE afterbay_records_read_total counter",
            "# TYPE afterbay_duplicates_total counter",
            "# TYPE afterbay_commits_total counter",
            "# TYPE afterbay_files_total counter",
            "# TYPE afterbay_bytes_total counter",
            "# TYPE afterbay_quarantined_records_total counter",
            "# TYPE afterbay_gaps_total counter",
            "# TYPE afterbay_shard_hours_until_trimmed gauge",
            "# TYPE afterbay_shards_owned gauge",
            "# TYPE afterbay_lag_seconds gauge");
  }
}
