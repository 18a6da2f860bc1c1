package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.local.workload.StreamCount;
import dev.afterbay.transforms.change.TableName;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.OperationType;
import software.amazon.awssdk.services.dynamodb.model.Record;

/**
 * The counters of a {@link CountingLoad}, as a lake tells of them and as the table's stream does,
 * from which the answer to each question is worked out here without the lake.
 *
 * @param sortKey of the counters
 * @param relation that has their changes
 * @param those the condition that tells them from other rows of the relation
 * @param key the relation's column or expression for the partition key
 * @param count that for the count
 */
record Counters(
    TableName table, String sortKey, String relation, String those, String key, String count) {
  private static final DateTimeFormatter SECOND =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZoneOffset.UTC);

  /** As their typed table has them. */
  static Counters typed(TableName table, String sortKey, String entity) {
    return new Counters(table, sortKey, entity, "TRUE", "counter", "CAST(N AS BIGINT)");
  }

  /** As the raw changes have them. */
  static Counters raw(TableName table, String sortKey) {
    return new Counters(
        table,
        sortKey,
        table.folder() + "_changes",
        "SK = '" + sortKey + "'",
        "PK",
        "CAST(json_extract_string(coalesce(new_image, old_image), '$.N.N') AS BIGINT)");
  }

  /** A change: the count after it, or before it if it removes the counter. */
  private record Version(long second, OperationType operation, long count) {
    static Version of(Record record) {
      Map<String, AttributeValue> image =
          record.eventName() == OperationType.REMOVE
              ? record.dynamodb().oldImage()
              : record.dynamodb().newImage();
      return new Version(
          secondOf(record), record.eventName(), Long.parseLong(value(image, "N").n()));
    }

    boolean removes() {
      return operation == OperationType.REMOVE;
    }
  }

  /** Asks, while changes go on, about all that was over a second before the newest change. */
  void assertToldOfThePast(Setup setup) {
    long newest = Long.parseLong(setup.answer(newest()).get(0));
    assertTold(setup, newest - 1, List.of());
  }

  /** Asks about everything, now that the lake holds all there is. */
  void assertTold(Setup setup) {
    assertTold(setup, Long.parseLong(setup.answer(newest()).get(0)), List.of("current", "removed"));
  }

  private String newest() {
    return "SELECT CAST(floor(epoch(max(cdc_time))) AS BIGINT) FROM " + relation;
  }

  private void assertTold(Setup setup, long until, List<String> states) {
    Map<String, List<Version>> versions = versions(setup.stage(), until);
    long first =
        versions.values().stream().mapToLong(all -> all.get(0).second()).min().orElseThrow();
    List<Long> seconds = List.of(first - 1, first, (first + until) / 2, until);
    List<String> expected =
        Stream.of(
                rows(versions),
                histories(versions),
                seconds.stream().flatMap(second -> at(versions, "as of " + second, second)),
                states.stream().flatMap(state -> state(versions, state)))
            .flatMap(lines -> lines)
            .sorted()
            .toList();
    assertThat(expected).as("lines of answers").hasSizeGreaterThan(100);

    List<String> told = setup.answer(question(until, seconds, states)).stream().sorted().toList();

    assertThat(less(told, expected)).as("%s tells what is not so", relation).isEmpty();
    assertThat(less(expected, told)).as("%s does not tell", relation).isEmpty();
    assertThat(told).hasSameSizeAs(expected);
  }

  private static List<String> less(List<String> some, List<String> others) {
    List<String> left = new ArrayList<>(some);
    left.removeAll(new HashSet<>(others));
    return left;
  }

  private static AttributeValue value(Map<String, AttributeValue> item, String name) {
    return Objects.requireNonNull(item.get(name), name);
  }

  private static long secondOf(Record record) {
    return record.dynamodb().approximateCreationDateTime().getEpochSecond();
  }

  /** What the stream holds up to the end of a second, each counter's changes in order. */
  private Map<String, List<Version>> versions(Stage stage, long until) {
    Map<String, List<Version>> versions = new TreeMap<>();
    new StreamCount(stage.clients().streams())
        .forEach(
            table,
            (shard, record) -> {
              Map<String, AttributeValue> keys = record.dynamodb().keys();
              if (secondOf(record) > until) {
                return false;
              }
              if (value(keys, "SK").s().equals(sortKey)) {
                versions
                    .computeIfAbsent(value(keys, "PK").s(), any -> new ArrayList<>())
                    .add(Version.of(record));
              }
              return true;
            });
    return versions;
  }

  private static Stream<String> rows(Map<String, List<Version>> versions) {
    return versions.entrySet().stream()
        .flatMap(
            counter ->
                counter.getValue().stream()
                    .map(
                        version ->
                            line(
                                "row",
                                counter.getKey(),
                                version.operation(),
                                version.count(),
                                version.second())));
  }

  private static Stream<String> histories(Map<String, List<Version>> versions) {
    List<String> lines = new ArrayList<>();
    versions.forEach(
        (counter, all) -> {
          for (int i = 0; i < all.size(); i++) {
            Object to = i + 1 < all.size() ? all.get(i + 1).second() : "still";
            lines.add(
                line("version " + (i + 1), counter, all.get(i).count(), all.get(i).second(), to));
          }
        });
    return lines.stream();
  }

  private static Stream<String> at(
      Map<String, List<Version>> versions, String question, long second) {
    return versions.entrySet().stream()
        .flatMap(
            counter ->
                last(counter.getValue(), second)
                    .filter(version -> !version.removes())
                    .map(version -> line(question, counter.getKey(), version.count()))
                    .stream());
  }

  private static Optional<Version> last(List<Version> versions, long second) {
    return versions.stream()
        .filter(version -> version.second() <= second)
        .reduce((older, newer) -> newer);
  }

  private static Stream<String> state(Map<String, List<Version>> versions, String state) {
    return versions.entrySet().stream()
        .flatMap(
            counter ->
                last(counter.getValue(), Long.MAX_VALUE)
                    .filter(version -> version.removes() == state.equals("removed"))
                    .map(version -> line(state, counter.getKey(), version.count()))
                    .stream());
  }

  private static String line(Object... cells) {
    return Stream.of(cells).map(String::valueOf).collect(Collectors.joining(" "));
  }

  private String question(long until, List<Long> seconds, List<String> states) {
    String time = "CAST(floor(epoch(cdc_time)) AS BIGINT)";
    List<String> questions = new ArrayList<>();
    questions.add(ask(relation, "'row'", "cdc_op", count, time) + " AND " + time + " <= " + until);
    String to = "CAST(floor(epoch(cdc_valid_to)) AS BIGINT)";
    questions.add(
        ask(
                relation + "_history",
                "concat('version ', cdc_version)",
                count,
                time,
                "CASE WHEN %s <= %d THEN CAST(%s AS VARCHAR) ELSE 'still' END"
                    .formatted(to, until, to))
            + " AND "
            + time
            + " <= "
            + until);
    for (long second : seconds) {
      String moment = SECOND.format(Instant.ofEpochSecond(second));
      questions.add(ask(relation + "_as_of('" + moment + "')", "'as of " + second + "'", count));
    }
    states.forEach(state -> questions.add(ask(relation + "_" + state, "'" + state + "'", count)));
    return String.join(" UNION ALL ", questions);
  }

  private String ask(String from, String question, String... columns) {
    return "SELECT concat_ws(' ', %s, %s, %s) AS line FROM %s WHERE %s"
        .formatted(question, key, String.join(", ", columns), from, those);
  }
}
