package dev.afterbay.consumer.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.LakeLocation;
import dev.afterbay.consumer.fixture.SmallLake;
import dev.afterbay.sinks.commit.RecordedGap;
import dev.afterbay.sinks.commit.ShardStatus;
import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.sinks.commit.protocol.Gap;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Tallies;
import dev.afterbay.sinks.segment.Tally;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ScanRequest;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

class StatusTest {
  private static final TableName ORDERS = new TableName("Orders");
  private static final Instant NOW = Instant.parse("2026-11-21T06:00:00Z");
  private static final ShardStatus PARENT = log("shardId-1", ShardStatus.State.ENDED, "05:00:00");
  private static final ShardStatus OPEN = log("shardId-2", ShardStatus.State.OPEN, "05:30:00");

  @TempDir Path dir;

  @Test
  void theLeastFarOpenShardDecidesHowFarTheTableIs() {
    ShardStatus slow = log("shardId-3", ShardStatus.State.OPEN, "05:10:00");

    assertThat(completeAt(List.of(PARENT, OPEN, slow))).isEqualTo("05:10:00");
  }

  @Test
  void ifAllShardsHaveEndedTheOneThatWentFurthestDecides() {
    ShardStatus later = log("shardId-3", ShardStatus.State.ENDED, "05:20:00");

    assertThat(completeAt(List.of(PARENT, later))).isEqualTo("05:20:00");
  }

  @Test
  void aLogThatIsOfNoStreamSaysNothingOfHowFarTheTableIs() {
    ShardStatus quarantine = log("quarantine", ShardStatus.State.OPEN, "01:00:00");

    assertThat(completeAt(List.of(PARENT, OPEN, quarantine))).isEqualTo("05:30:00");
    assertThat(
            TableStatus.of(
                    ORDERS,
                    List.of(OPEN, quarantine),
                    List.of(),
                    Set.of(),
                    List.of(),
                    Map.of(),
                    NOW)
                .records())
        .isEqualTo(10);
  }

  @Test
  void aGapIsOpenUntilItIsHealed() {
    RecordedGap first = gap(1);
    RecordedGap second = gap(5);
    StatusReport report =
        new StatusReport(
            "shop",
            new LakeLocation("afterbay", "lake"),
            NOW,
            List.of(
                TableStatus.of(
                    ORDERS,
                    List.of(OPEN),
                    List.of(first, second),
                    Set.of(second),
                    List.of(),
                    Map.of(),
                    NOW)),
            List.of());

    StringWriter text = new StringWriter();
    StatusText.print(report, new PrintWriter(text));
    assertThat(text.toString()).contains("  healed gap TRIMMED from", "  open gap TRIMMED from");
    assertThat(StatusJson.of(report).at("/tables/0/gaps/0/state").asText()).isEqualTo("healed");
    assertThat(StatusJson.of(report).at("/tables/0/gaps/1/state").asText()).isEqualTo("open");
  }

  private static RecordedGap gap(int after) {
    return new RecordedGap(
        OPEN.shard(),
        SequenceNumber.parse(Integer.toString(after)),
        new Gap(Gap.Reason.TRIMMED, Optional.empty(), NOW, NOW, "lost"),
        new CommitId("a-commit"),
        NOW);
  }

  @Test
  void aLeasedShardWithoutCommitIsAsFarAsItsParent() {
    assertThat(completeAt(List.of(PARENT, OPEN), lease("shardId-3", "shardId-1")))
        .isEqualTo("05:00:00");
  }

  @Test
  void aLeasedShardThatContinuesNothingKnownLeavesTheTableUnknown() {
    assertThat(completeAt(List.of(OPEN), lease("shardId-3", "shardId-0"))).isEqualTo("unknown");
    assertThat(completeAt(List.of(OPEN), lease("shardId-3"))).isEqualTo("unknown");
  }

  @Test
  void aTableWithoutLogAndLeaseIsUnknown() {
    assertThat(completeAt(List.of())).isEqualTo("unknown");
  }

  @Test
  void theReportReadsWellAndIsWholeAsJson() {
    StatusReport report =
        new StatusReport(
            "shop",
            new LakeLocation("afterbay", "lake"),
            NOW,
            List.of(
                TableStatus.of(
                    ORDERS,
                    List.of(OPEN, PARENT),
                    List.of(),
                    Set.of(),
                    List.of(
                        new Lease(
                            new ShardId("shardId-2"),
                            Optional.of("worker-a"),
                            "12",
                            Set.of(),
                            "7")),
                    Map.of(),
                    NOW),
                TableStatus.of(
                    new TableName("Tasks"),
                    List.of(),
                    List.of(),
                    Set.of(),
                    List.of(),
                    Map.of(),
                    NOW)),
            List.of("something is not known"));

    StringWriter text = new StringWriter();
    StatusText.print(report, new PrintWriter(text));
    assertThat(text.toString())
        .isEqualTo(
            """
            shop in s3://afterbay/lake at 2026-11-21T06:00:00Z

            Orders: complete at 2026-11-21T05:30:00Z, 20 records in 4 commits, 0 gaps
              orders: in cdc_extra: Note UNKNOWN 2, Total RANGE 4
              no entity for 2 records; a template for them is match: { PK: "CART#{cart_id}" }
              SHARD      STATE   POSITION  RECORDS  COMMITS  LAST COMMIT           LAG    OWNER
              stream 2026-11-01T00:00:00.000
              shardId-1  closed  1200      10       2        2026-11-21T05:59:59Z  -      -
              shardId-2  open    1200      10       2        2026-11-21T05:59:59Z  30m0s  worker-a

            Tasks: complete at (not known yet), 0 records in 0 commits, 0 gaps
              nothing is committed yet, and no worker holds a shard

            Note: something is not known
            """);
    assertThat(StatusJson.of(report).toString())
        .isEqualTo(
            """
            {"application":"shop","lake":"s3://afterbay/lake","at":"2026-11-21T06:00:00Z",\
            "tables":[{"table":"Orders","completeAt":"2026-11-21T05:30:00Z","records":20,\
            "commits":4,"audit":null,"gaps":[],"extra":[\
            {"entity":"orders","attribute":"Note","reason":"UNKNOWN","count":2},\
            {"entity":"orders","attribute":"Total","reason":"RANGE","count":4}],\
            "unrouted":[{"match":"PK: \\"CART#{cart_id}\\"","records":2}],"shards":[{"stream":"2026-11-01T00:00:00.000",\
            "shard":"shardId-1","parents":[],"state":"closed",\
            "position":"0000000000000000000000000000000000001200","records":10,"commits":2,\
            "completeAt":"2026-11-21T05:00:00Z","committedAt":"2026-11-21T05:59:59Z",\
            "lagSeconds":null,"owner":null},{"stream":"2026-11-01T00:00:00.000",\
            "shard":"shardId-2","parents":[],"state":"open",\
            "position":"0000000000000000000000000000000000001200","records":10,"commits":2,\
            "completeAt":"2026-11-21T05:30:00Z","committedAt":"2026-11-21T05:59:59Z",\
            "lagSeconds":1800,"owner":"worker-a"}]},{"table":"Tasks","completeAt":null,\
            "records":0,"commits":0,"audit":null,"gaps":[],"extra":[],"unrouted":[],"shards":[]}],"notes":["something is not known"]}""");
  }

  @Test
  void theNewestAuditIsTold() throws IOException {
    SmallLake written = new SmallLake(dir.resolve("scratch"));
    for (String moment : List.of("20261119T000000Z", "20261120T000000Z")) {
      written
          .store()
          .putIfAbsent(
              new Lake("lake").audit(ORDERS, Lake.momentOf(moment)),
              ("{\"at\":\"%s\",\"items\":7,\"missing\":2,\"stale\":1,\"phantom\":0}"
                      .formatted(Lake.momentOf(moment)))
                  .getBytes(StandardCharsets.UTF_8));
    }

    StatusReport report = new Status(ofOrders(), written.store(), scanning(List.of())).at(NOW);

    StringWriter text = new StringWriter();
    StatusText.print(report, new PrintWriter(text));
    assertThat(text.toString())
        .contains(
            "\n  audit at 2026-11-20T00:00:00Z: 7 items, drift 3 (missing 2, stale 1, phantom 0)\n");
    assertThat(StatusJson.of(report).at("/tables/0/audit/at").asText())
        .isEqualTo("2026-11-20T00:00:00Z");
    assertThat(StatusJson.of(report).at("/tables/0/audit/drift").asInt()).isEqualTo(3);
  }

  @Test
  void rowsOfTheLeaseTableThatAreNoLeasesAreIgnored() {
    List<Lease> leases =
        new LeaseTable(
                scanning(
                    List.of(
                        Map.of(
                            "leaseKey", text("shardId-1"),
                            "leaseOwner", text("worker-a"),
                            "checkpoint", text("SHARD_END"),
                            "entityType", text("LEASE"),
                            "leaseCounter", AttributeValue.fromN("7"),
                            "parentShardId", AttributeValue.fromSs(List.of("shardId-0"))),
                        Map.of("leaseKey", text("shardId-2"), "checkpoint", text("TRIM_HORIZON")),
                        Map.of("leaseKey", text("shardId-9"), "entityType", text("WORKER_METRICS")),
                        Map.of("leaseKey", text("Leader")))))
            .leases("shop-Orders");

    assertThat(leases)
        .containsExactly(
            new Lease(
                new ShardId("shardId-1"),
                Optional.of("worker-a"),
                "SHARD_END",
                Set.of(new ShardId("shardId-0")),
                "7"),
            new Lease(new ShardId("shardId-2"), Optional.empty(), "TRIM_HORIZON", Set.of(), ""));
    assertThat(leases.get(0).ended()).isTrue();
  }

  @Test
  void anApplicationThatNeverRanHasNoLeases() {
    DynamoDbClient none =
        failing(ResourceNotFoundException.builder().message("no such table").build());

    assertThat(new LeaseTable(none).leases("shop-Orders")).isEmpty();
  }

  @Test
  void theLakeIsReportedEvenIfTheOwnersAreNotKnown() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("afterbay.yaml"),
            "{application: shop, region: us-east-1, lake: 's3://afterbay/lake', tables: [ {name:"
                + " Orders}, {name: Tasks} ]}");
    StatusReport report =
        new Status(
                AfterbayConfig.read(file, Map.of()),
                new MemoryObjectStore(),
                failing(
                    SdkClientException.create(
                        "Unable to load credentials from any of the providers")))
            .at(NOW);

    assertThat(report.tables()).hasSize(2);
    assertThat(report.notes())
        .containsExactly(
            "The owners of the shards are not known: There are no AWS credentials; set AWS_PROFILE"
                + " or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or give the task a role");
  }

  @Test
  void theLogsOfAWrittenLakeAreRead() throws IOException {
    SmallLake written = new SmallLake(dir.resolve("scratch"));

    StatusReport report = new Status(ofOrders(), written.store(), scanning(List.of())).at(NOW);

    TableStatus table = report.tables().get(0);
    assertThat(table.completeAt()).contains(Instant.parse("2026-11-21T05:30:00Z"));
    assertThat(table.records()).isEqualTo(3);
    assertThat(table.commits()).isEqualTo(2);
    assertThat(table.shards().get(0).position()).contains(SequenceNumber.parse("103"));
    assertThat(report.notes()).isEmpty();
  }

  private AfterbayConfig ofOrders() throws IOException {
    Path file =
        Files.writeString(
            dir.resolve("afterbay.yaml"),
            "{application: shop, region: us-east-1, lake: 's3://afterbay/lake', tables: [ {name:"
                + " Orders} ]}");
    return AfterbayConfig.read(file, Map.of());
  }

  private static String completeAt(List<ShardStatus> logs, Lease... leases) {
    return TableStatus.of(ORDERS, logs, List.of(), Set.of(), List.of(leases), Map.of(), NOW)
        .completeAt()
        .map(time -> time.toString().substring(11, 19))
        .orElse("unknown");
  }

  private static ShardStatus log(String shard, ShardStatus.State state, String to) {
    return new ShardStatus(
        new StreamShard(ORDERS, new StreamLabel("2026-11-01T00:00:00.000"), new ShardId(shard)),
        Optional.empty(),
        0,
        state,
        Optional.of(SequenceNumber.parse("1200")),
        10,
        2,
        Optional.of(Instant.parse("2026-11-21T01:00:00Z")),
        Tallies.of(
            List.of(
                new Tally("orders", "Total", "RANGE"),
                new Tally("orders", "Total", "RANGE"),
                new Tally("orders", "Note", "UNKNOWN"),
                new Tally("changes", "PK: \"CART#{cart_id}\"", Tally.UNROUTED))),
        Instant.parse("2026-11-21T" + to + "Z"),
        Instant.parse("2026-11-21T05:59:59Z"));
  }

  @Test
  void theLeaderIsWhoeverHoldsTheLockAndHasNotGivenItBack() {
    Map<String, AttributeValue> held =
        Map.of(
            "leaseKey", text("Leader"),
            "ownerName", text("worker-a"),
            "recordVersionNumber", text("v-1"));
    Map<String, AttributeValue> givenBack = new HashMap<>(held);
    givenBack.put("isReleased", text("1"));

    assertThat(new LeaseTable(scanning(List.of(held))).read("shop-Orders"))
        .contains(new LeaseRows(List.of(), Optional.of(new LeaderLock("worker-a", "v-1"))));
    assertThat(new LeaseTable(scanning(List.of(givenBack))).read("shop-Orders"))
        .contains(new LeaseRows(List.of(), Optional.empty()));
  }

  private static Lease lease(String shard, String... parents) {
    return new Lease(
        new ShardId(shard),
        Optional.of("worker-a"),
        "TRIM_HORIZON",
        Set.copyOf(List.of(parents).stream().map(ShardId::new).toList()),
        "7");
  }

  private static AttributeValue text(String value) {
    return AttributeValue.fromS(value);
  }

  private static DynamoDbClient scanning(List<Map<String, AttributeValue>> rows) {
    return new Tables(ScanResponse.builder().items(rows).build(), null);
  }

  private static DynamoDbClient failing(RuntimeException failure) {
    return new Tables(ScanResponse.builder().build(), failure);
  }

  private record Tables(
      ScanResponse response, @org.jspecify.annotations.Nullable RuntimeException failure)
      implements DynamoDbClient {
    @Override
    public ScanResponse scan(ScanRequest request) {
      assertThat(request.tableName()).startsWith("shop-");
      if (failure != null) {
        throw failure;
      }
      return response;
    }

    @Override
    public String serviceName() {
      return "dynamodb";
    }

    @Override
    public void close() {}
  }
}
