package dev.afterbay.consumer.cost;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The costs of a month.
 *
 * @param lines all items, in the order of a record's path
 */
public record Estimate(List<Line> lines) {
  private static final double HOURS = 730;
  private static final double SECONDS = HOURS * 3600;
  private static final double PART_BYTES = 8 << 20;
  private static final double ROUNDING = 1e-6;

  /** A shard with records is asked again after a quarter of a second. */
  private static final double MOST_CALLS = 4;

  /** KCL renews a lease three times within its eight seconds. */
  private static final double RENEWALS = 3 / 8.0;

  /** The leader's heartbeat, and the leases that it looks through to assign them. */
  private static final double HEARTBEATS = 1;

  private static final double ASSIGNMENTS = 2;

  /** Workers say that they live. */
  private static final double REPORTS = 1 / 2.5;

  private static final double ROWS_OF_A_READ = 10;

  /** A note of how far an open shard was read, at most twice a minute. */
  private static final double NOTES = 2 / 60.0;

  /** Two images of JSON, compressed to a quarter, and the columns beside them. */
  private static final double COMPRESSED = 0.25;

  private static final double COLUMNS_BYTES = 60;

  /** With a bucket key, S3 asks KMS for few of its requests. */
  private static final double ASKING_KMS = 0.01;

  /** Glue is looked at once an hour, and for each change of schema. */
  private static final double GLUE_REQUESTS = 30;

  /** Athena counts ten megabytes for the smallest question. */
  private static final double LEAST_SCANNED = 0.01;

  /** Copies the lines. */
  public Estimate {
    lines = List.copyOf(lines);
  }

  /** What a workload costs if it is run by a plan. */
  public static Estimate of(Workload workload, Plan plan, Prices prices) {
    return new Model(workload, plan, prices).estimate();
  }

  /** All of them together. */
  public double total() {
    return lines.stream().mapToDouble(Line::perMonth).sum();
  }

  /** The item that costs most. */
  public Line dominant() {
    return lines.stream().max(Comparator.comparingDouble(Line::perMonth)).orElseThrow();
  }

  /** The quantities of the lines. */
  private static final class Model {
    private final Workload load;
    private final Plan plan;
    private final Prices prices;
    private final List<Line> lines = new ArrayList<>();

    Model(Workload load, Plan plan, Prices prices) {
      this.load = load;
      this.plan = plan;
      this.prices = prices;
    }

    Estimate estimate() {
      streams();
      leases();
      double requests = bucket();
      add(
          "Fargate vCPU",
          plan.tasks() * plan.vcpu() * HOURS,
          Price.FARGATE_VCPU,
          words("%.0f tasks of %.2f vCPU, always on", plan.tasks(), plan.vcpu()),
          "--tasks, --vcpu");
      add(
          "Fargate memory",
          plan.tasks() * plan.memoryGigabytes() * HOURS,
          Price.FARGATE_MEMORY,
          words("%.0f tasks of %.1f GB", plan.tasks(), plan.memoryGigabytes()),
          "--tasks, --memory-gb");
      exports();
      athena();
      add(
          "Glue requests",
          load.tables() * HOURS * GLUE_REQUESTS,
          Price.GLUE,
          "looked at once an hour",
          "catalog: none");
      add(
          "CloudWatch metrics",
          plan.metrics(),
          Price.METRIC,
          "as given",
          "--metrics (0: Prometheus)");
      add("CloudWatch logs", plan.logGigabytes(), Price.LOGS, "as given", "--log-gb");
      add(
          "KMS requests",
          requests * ASKING_KMS,
          Price.KMS_REQUESTS,
          "SSE-KMS with a bucket key: one request of S3 in a hundred",
          "bucket key");
      add("KMS key", 1, Price.KMS_KEY, "one key of the lake", "one key for several lakes");
      if (plan.interfaceEndpoints() > 0) {
        add(
            "VPC interface endpoints",
            plan.interfaceEndpoints() * HOURS,
            Price.INTERFACE_ENDPOINT,
            "as given; those of S3 and DynamoDB are gateways and free",
            "--interface-endpoints");
      }
      return new Estimate(lines);
    }

    private void streams() {
      double ofShard = load.writesPerSecond() / load.shards();
      double idle = 1000.0 / plan.idleLatency().toMillis();
      double calls = Math.min(MOST_CALLS, idle + 2 * ofShard) * load.shards() * SECONDS;
      double pages = load.writesPerSecond() * SECONDS * 2 * load.itemBytes() / 1e6;
      add(
          "Streams GetRecords",
          Math.max(calls, pages),
          Price.STREAMS_READS,
          words(
              "%.0f shards; an idle one is asked every %.1f s, one with records 4 times a second"
                  + " at most",
              load.shards(), 1 / idle),
          "poll.idle-latency");
    }

    private void leases() {
      double writes =
          load.shards() * RENEWALS + load.tables() * (HEARTBEATS + plan.tasks() * REPORTS);
      add(
          "Lease table writes",
          writes * SECONDS,
          Price.TABLE_WRITES,
          "renewals, the leader's heartbeat and reports of the workers, on demand",
          "fewer tables in an application, fewer tasks");
      double rows = load.shards() / load.tables() + plan.tasks();
      double reads = load.tables() * ASSIGNMENTS * Math.ceil(rows / ROWS_OF_A_READ);
      add(
          "Lease table reads",
          reads * SECONDS,
          Price.TABLE_READS,
          "the leader looks through the leases twice a second",
          "fewer tables in an application");
    }

    /** How many requests S3 gets. */
    private double bucket() {
      double ofShard = load.writesPerSecond() / load.shards();
      double age = 1000.0 / plan.commit().maxAge().toMillis();
      double size = ofShard * rowBytes() / plan.commit().maxBytes();
      double count = ofShard / plan.commit().maxRecords();
      double commits = Math.min(ofShard, Math.max(age, Math.max(size, count)));
      double monthly = commits * load.shards() * SECONDS;
      double fileBytes =
          commits == 0 ? 0 : ofShard / commits * rowBytes() / Math.max(1, plan.files());
      double ofFile = 2 + Math.max(1, Math.ceil(fileBytes / PART_BYTES - ROUNDING));
      double writes = monthly * (1 + plan.files() * ofFile) + load.shards() * NOTES * SECONDS;
      add(
          "S3 writes",
          writes,
          Price.S3_WRITES,
          words(
              "%.0f commits of %.0f files of %.1f MB, and notes of how far was read",
              monthly, plan.files(), fileBytes / 1e6),
          "commit.max-age");
      double reads = writes / 10;
      add("S3 reads", reads, Price.S3_READS, "one for ten writes, without questions", "");
      double gigabytes =
          load.writesPerSecond() * SECONDS * rowBytes() * plan.months() / 1e9
              + load.storedGigabytes() * COMPRESSED;
      add(
          "S3 storage",
          gigabytes,
          Price.S3_STORAGE,
          words("%.0f bytes a row, %.0f months, and one snapshot", rowBytes(), plan.months()),
          "storage classes by lifecycle");
      return writes + reads;
    }

    /** Of a change in all its tables. */
    private double rowBytes() {
      return (2 * load.itemBytes() * COMPRESSED + COLUMNS_BYTES)
          * (1 + (plan.files() > 1 ? 0.5 : 0));
    }

    private void exports() {
      double gigabytes = load.storedGigabytes();
      add(
          "Exports",
          plan.auditsPerMonth() * gigabytes,
          Price.EXPORT,
          words("%.0f audits of %.1f GB", plan.auditsPerMonth(), gigabytes),
          "audit.every");
      add(
          "Point-in-time recovery",
          gigabytes,
          Price.RECOVERY,
          "of the source tables",
          "needed for audits, snapshots and healing");
    }

    private void athena() {
      double day = load.writesPerSecond() * 86_400 * rowBytes() / 1e9;
      double scanned = Math.max(LEAST_SCANNED, day);
      add(
          "Athena",
          plan.questionsPerMonth() * scanned,
          Price.ATHENA,
          words(
              "%.0f questions of %.2f GB, a day of changes each",
              plan.questionsPerMonth(), scanned),
          "typed tables, fewer columns and days a question");
    }

    private void add(String item, double quantity, Price price, String assumption, String setting) {
      double unitPrice = prices.price(price);
      lines.add(
          new Line(
              item,
              quantity,
              unitPrice,
              price.unit(),
              quantity / price.per() * unitPrice,
              assumption,
              setting));
    }

    private static String words(String form, Object... values) {
      return String.format(Locale.ROOT, form, values);
    }
  }
}
