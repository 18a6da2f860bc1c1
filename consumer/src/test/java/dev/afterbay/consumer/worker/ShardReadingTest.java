package dev.afterbay.consumer.worker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.afterbay.consumer.pipeline.Continuity.End;
import dev.afterbay.consumer.pipeline.ReadingPoint;
import dev.afterbay.consumer.pipeline.Shards;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.dynamodb.model.DynamoDbException;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;
import software.amazon.awssdk.services.dynamodb.model.TrimmedDataAccessException;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

final class ShardReadingTest {
  private static final String ARN = "arn:aws:dynamodb:us-east-1:000000000000:table/T/stream/x";

  @TempDir private Path scratch;
  private Shards shards;
  private final Scripted stream = new Scripted();
  private ShardReading reading;

  @BeforeEach
  void aReading() {
    shards = new Shards(scratch);
    reading =
        new ShardReading(
            stream,
            new SdkPages(stream),
            ARN,
            new StreamShard(Shards.TABLE, Shards.STREAM, Shards.SHARD),
            shards.clock(),
            shards.observer(),
            Duration.ofSeconds(10));
  }

  @Test
  void whatIsReadWithoutTroubleIsUnbroken() {
    stream.answers("it-1", page(3, 4));

    iterator(ShardIteratorType.AFTER_SEQUENCE_NUMBER, "2");
    read("it-1");

    assertThat(reading.brokenBefore(number(3))).isFalse();
    assertThat(reading.end()).isEqualTo(End.WHOLE);
    assertThat(stream.asked).containsExactly("AFTER_SEQUENCE_NUMBER 2", "read it-1");
    assertThat(shards.reports).containsExactly("fetched", "caught up");
  }

  @Test
  void aPositionThatWasTrimmedLeadsToTheHorizonAndABreakBeforeItsFirstRecord() {
    stream.answers(trimmed(), "it-2", page(), page(7, 8));

    String iterator = iterator(ShardIteratorType.AFTER_SEQUENCE_NUMBER, "2");
    read(iterator);
    boolean whileNothingCame = reading.end() == End.TRIMMED;
    read("it-3");

    assertThat(whileNothingCame).isTrue();
    assertThat(reading.brokenBefore(number(8))).isFalse();
    assertThat(reading.brokenBefore(number(7))).isTrue();
    assertThat(reading.brokenBefore(number(7))).as("told once").isFalse();
    assertThat(reading.end()).isEqualTo(End.WHOLE);
  }

  @Test
  void aPageThatIsTrimmedUnderTheIteratorIsReplacedByTheHorizonsPage() {
    stream.answers(trimmed(), "it-2", page(7));

    ShardPage page = read("it-1");

    assertThat(page.records()).hasSize(1);
    assertThat(stream.asked).containsExactly("read it-1", "TRIM_HORIZON null", "read it-2");
    assertThat(reading.brokenBefore(number(7))).isTrue();
  }

  @Test
  void aShardThatMustBeWholeIsAskedForByItsFirstNumber() {
    reading.startsAt(new ReadingPoint.Beginning(), "1");
    stream.answers(trimmed(), "it-2", page(7));

    read(iterator(ShardIteratorType.TRIM_HORIZON, null));

    assertThat(stream.asked)
        .containsExactly("AT_SEQUENCE_NUMBER 1", "TRIM_HORIZON null", "read it-2");
    assertThat(reading.brokenBefore(number(7))).isTrue();
  }

  @Test
  void aStreamThatRefusesTheFirstNumberIsReadFromItsHorizonWithoutABreak() {
    reading.startsAt(new ReadingPoint.Beginning(), "1");
    stream.answers(
        DynamoDbException.builder().message("Invalid SequenceNumber").build(), "it-2", page(7));

    read(iterator(ShardIteratorType.TRIM_HORIZON, null));

    assertThat(reading.brokenBefore(number(7))).isFalse();
  }

  @Test
  void aShardThatNeedNotBeWholeBeginsAtTheHorizon() {
    reading.startsAt(new ReadingPoint.Horizon(), "1");
    stream.answers("it-1");

    iterator(ShardIteratorType.TRIM_HORIZON, null);

    assertThat(stream.asked).containsExactly("TRIM_HORIZON null");
  }

  @Test
  void aShardThatTheStreamDoesNotKnowIsGone() {
    ResourceNotFoundException gone = ResourceNotFoundException.builder().message("gone").build();
    stream.answers(gone, gone);

    assertThatThrownBy(() -> read("it-1")).isSameAs(gone);

    assertThat(reading.end()).isEqualTo(End.VANISHED);
  }

  @Test
  void aShardThatTheStreamDeniesOnceHasNotEnded() {
    stream.answers(ResourceNotFoundException.builder().message("gone").build(), "it-2");

    assertThatThrownBy(() -> read("it-1")).isInstanceOf(ResourceNotFoundException.class);

    assertThat(reading.end()).isEqualTo(End.DENIED);
  }

  @Test
  void anIdleShardIsNotAskedEachTimeAndItsReaderStaysWhereItIs() {
    shards.pass(Duration.ofSeconds(1));
    stream.answers(page(3), page());
    read("it-1");
    shards.pass(Duration.ofSeconds(60));
    read("it-3");
    stream.asked.clear();
    shards.reports.clear();
    shards.pass(Duration.ofSeconds(5));

    ShardPage page = read("it-3");

    assertThat(page.records()).isEmpty();
    assertThat(page.nextIterator()).isEqualTo("it-3");
    assertThat(stream.asked).isEmpty();
    assertThat(shards.reports).as("only what the stream answers is told").isEmpty();
  }

  private String iterator(ShardIteratorType type, @Nullable String number) {
    return reading
        .getShardIterator(
            request ->
                request
                    .streamArn(ARN)
                    .shardId(Shards.SHARD.value())
                    .shardIteratorType(type)
                    .sequenceNumber(number))
        .shardIterator();
  }

  private ShardPage read(String iterator) {
    return reading.page(GetRecordsRequest.builder().shardIterator(iterator).build());
  }

  private static SequenceNumber number(int record) {
    return SequenceNumber.parse(Shards.spelled(record));
  }

  private static GetRecordsResponse page(int... records) {
    return GetRecordsResponse.builder()
        .records(Arrays.stream(records).mapToObj(Shards::record).toList())
        .nextShardIterator("it-3")
        .build();
  }

  private static TrimmedDataAccessException trimmed() {
    return TrimmedDataAccessException.builder().message("trimmed").build();
  }

  /** Gives its answers in order: iterators, pages and failures. */
  private static final class Scripted implements DynamoDbStreamsClient {
    private final List<String> asked = new ArrayList<>();
    private final Deque<Object> answers = new ArrayDeque<>();

    void answers(Object... next) {
      answers.addAll(List.of(next));
    }

    @Override
    public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
      asked.add(request.shardIteratorTypeAsString() + " " + request.sequenceNumber());
      return GetShardIteratorResponse.builder().shardIterator((String) next()).build();
    }

    @Override
    public GetRecordsResponse getRecords(GetRecordsRequest request) {
      asked.add("read " + request.shardIterator());
      return (GetRecordsResponse) next();
    }

    private Object next() {
      Object answer = answers.remove();
      if (answer instanceof DynamoDbException failure) {
        throw failure;
      }
      return answer;
    }

    @Override
    public String serviceName() {
      return "streams";
    }

    @Override
    public void close() {}
  }
}
