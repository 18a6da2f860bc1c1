package dev.afterbay.consumer.config;

import dev.afterbay.consumer.config.MetricsConfig.CloudWatch;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** One configuration file: which keys there are, how each is spelt, what they default to. */
final class ConfigurationFile {
  private static final Map<String, TracingConfig> TRACINGS =
      new TreeMap<>(Map.of("none", TracingConfig.NONE, "otlp", TracingConfig.OTLP));
  private static final Map<String, Decode> DECODES =
      new TreeMap<>(Map.of("lean", Decode.LEAN, "reference", Decode.REFERENCE));
  private static final Map<String, CloudWatch> CLOUD_WATCH =
      new TreeMap<>(Map.of("off", CloudWatch.OFF, "emf", CloudWatch.EMF));

  private final Path path;
  private final Map<String, String> environment;
  private final Problems problems = new Problems();
  private final Reading reading;

  ConfigurationFile(Path path, Map<String, String> environment) {
    this.path = path;
    this.environment = Map.copyOf(environment);
    this.reading = new Reading(path.toString(), new Variables(environment), problems);
  }

  AfterbayConfig read() {
    Node tree = load();
    problems.throwIfAny();
    Section root = Section.of(reading, "", tree);
    problems.throwIfAny();

    Optional<String> application =
        root.required(
            "application",
            "'application: shop'",
            Values.text(
                "[A-Za-z0-9_.-]{1,100}",
                "a name (1 to 100 letters, digits, '_', '.', '-')",
                "shop"));
    Optional<String> region = region(root);
    Endpoints endpoints = endpoints(root.section("endpoints"));
    Optional<LakeLocation> lake =
        root.required("lake", "'lake: s3://my-bucket/lake'", LakeLocation::parse);
    CommitPolicy commit = commit(root.section("commit"));
    StartPosition start = root.value("start", StartPosition.TRIM_HORIZON, StartPosition::parse);
    List<TableConfig> tables = new TablesSection(path, problems).read(root, application);
    HttpConfig http = http(root.section("http"));
    LivenessConfig liveness = liveness(root.section("liveness"));
    PollConfig poll = poll(root.section("poll"), liveness);
    TracingConfig tracing = root.value("tracing", TracingConfig.NONE, Values.choice(TRACINGS));
    CatalogConfig catalog = new CatalogSection(root, endpoints, application).read();
    ReconciliationConfig reconciliation =
        new ReconciliationSection(root, endpoints).read(lake, catalog);
    MetricsConfig metrics = metrics(root.section("metrics"));
    Decode decode = root.value("decode", Decode.LEAN, Values.choice(DECODES));
    root.rejectUnknownKeys();
    problems.throwIfAny();
    return new AfterbayConfig(
        application.orElseThrow(),
        region.orElseThrow(),
        endpoints,
        lake.orElseThrow(),
        commit,
        start,
        tables,
        http,
        poll,
        liveness,
        tracing,
        catalog,
        reconciliation,
        metrics,
        decode);
  }

  private Optional<String> region(Section root) {
    Values.Parser<String> parser =
        Values.text("[a-z]{2,}(-[a-z]+)+-[0-9]+", "an AWS region", "us-east-1");
    @Nullable String inherited = environment.get("AWS_REGION");
    return inherited == null || inherited.isBlank()
        ? root.required("region", "'region: us-east-1', or set AWS_REGION", parser)
        : root.optional("region", parser).or(() -> Optional.of(inherited));
  }

  private static Endpoints endpoints(Section section) {
    return new Endpoints(
        section.optional("dynamodb", Values.endpoint("http://127.0.0.1:8000")),
        section.optional("s3", Values.endpoint("http://127.0.0.1:9000")),
        section.optional("secrets-manager", Values.endpoint("http://127.0.0.1:9001")),
        section.optional("glue", Values.endpoint("http://127.0.0.1:9002")),
        section.optional("athena", Values.endpoint("http://127.0.0.1:9003")));
  }

  private static CommitPolicy commit(Section section) {
    CommitPolicy standard = CommitPolicy.DEFAULT;
    // A stream keeps a record for 24 hours: what is held uncommitted for longer cannot be re-read.
    Duration longest = Duration.ofHours(12);
    return new CommitPolicy(
        section.value(
            "max-age", standard.maxAge(), Values.duration(Duration.ofMillis(100), longest)),
        section.value("max-bytes", standard.maxBytes(), Values.bytes(64 << 10, 4L << 30)),
        section.value(
            "max-records", standard.maxRecords(), Values.count(1, 100_000_000, "500000")));
  }

  private static HttpConfig http(Section section) {
    return new HttpConfig(
        section
            .value("port", (long) HttpConfig.DEFAULT.port(), Values.count(0, 65_535, "8080"))
            .intValue());
  }

  private static MetricsConfig metrics(Section section) {
    return new MetricsConfig(
        section.value(
            "cloudwatch", MetricsConfig.DEFAULT.cloudWatch(), Values.choice(CLOUD_WATCH)));
  }

  private static LivenessConfig liveness(Section section) {
    // A take-over needs less than the shortest; after the longest, hours of the stream's day are
    // gone.
    return new LivenessConfig(
        section.value(
            "patience",
            LivenessConfig.DEFAULT.patience(),
            Values.duration(Duration.ofSeconds(30), Duration.ofHours(1))));
  }

  private static PollConfig poll(Section section, LivenessConfig liveness) {
    // Longer is no gain worth having, and would look like a shard that is not read at all.
    Duration longest = Duration.ofSeconds(30);
    Duration latency =
        section.value(
            "idle-latency",
            PollConfig.DEFAULT.idleLatency(),
            Values.duration(Duration.ofSeconds(1), longest));
    Duration most = liveness.patience().dividedBy(PollConfig.RESTS_OF_A_PATIENCE);
    if (latency.compareTo(most) > 0) {
      section.problem(
          "idle-latency",
          "an idle shard could be taken for one that stands still; write at most a third of"
              + " liveness.patience, "
              + most.toSeconds()
              + "s, or a longer patience");
    }
    return new PollConfig(latency);
  }

  private Node load() {
    String text = text();
    problems.throwIfAny();
    try {
      @Nullable Node node = TypeTexts.compose(text);
      if (node != null) {
        return node;
      }
      problems.add(
          Place.whole(reading.file()),
          "the file is empty; it needs at least application, region, lake and tables");
    } catch (MarkedYAMLException e) {
      Place place =
          e.getProblemMark() == null
              ? Place.whole(reading.file())
              : reading.place(e.getProblemMark());
      problems.add(place, "this is not YAML: " + e.getProblem());
    } catch (YAMLException e) {
      problems.add(Place.whole(reading.file()), "this is not YAML: " + e.getMessage());
    }
    problems.throwIfAny();
    throw new IllegalStateException("a file without tree has a problem");
  }

  private String text() {
    try {
      return Files.readString(path);
    } catch (NoSuchFileException e) {
      problem("there is no such file; --config names the configuration file");
    } catch (AccessDeniedException e) {
      problem("the file may not be read; check its permissions");
    } catch (CharacterCodingException e) {
      problem("the file is not UTF-8 text");
    } catch (IOException e) {
      problem(
          Files.isDirectory(path)
              ? "this is a directory; --config names the configuration file"
              : "the file cannot be read: " + e.getMessage());
    }
    return "";
  }

  private void problem(String message) {
    problems.add(Place.whole(reading.file()), message);
  }
}
