package dev.afterbay.local.stream;

import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamRequest;
import software.amazon.awssdk.services.dynamodb.model.DescribeStreamResponse;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.dynamodb.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.dynamodb.model.KeySchemaElement;
import software.amazon.awssdk.services.dynamodb.model.KeyType;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsRequest;
import software.amazon.awssdk.services.dynamodb.model.ListStreamsResponse;
import software.amazon.awssdk.services.dynamodb.model.ShardFilter;
import software.amazon.awssdk.services.dynamodb.model.ShardFilterType;
import software.amazon.awssdk.services.dynamodb.model.Stream;
import software.amazon.awssdk.services.dynamodb.model.StreamDescription;
import software.amazon.awssdk.services.dynamodb.model.StreamStatus;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** The proper answers of a scripted stream, or {@link RefusedException}. */
final class StreamCalls {
  private static final int MOST_STREAMS = 100;

  private final ScriptedStream stream;

  StreamCalls(ScriptedStream stream) {
    this.stream = stream;
  }

  ListStreamsResponse listStreams(ListStreamsRequest request) {
    int limit = limit(request.limit(), MOST_STREAMS, MOST_STREAMS);
    synchronized (stream) {
      String table = request.tableName();
      boolean mine =
          table == null
              || table.equals(stream.table().name().value())
              || table.equals(stream.table().arn());
      List<Incarnation> all = mine ? stream.incarnations() : List.of();
      int from = behind(all, request.exclusiveStartStreamArn(), Incarnation::arn);
      List<Incarnation> page = all.subList(from, Math.min(from + limit, all.size()));
      return ListStreamsResponse.builder()
          .streams(page.stream().map(this::name).toList())
          .lastEvaluatedStreamArn(
              from + page.size() < all.size() ? page.get(page.size() - 1).arn() : null)
          .build();
    }
  }

  private Stream name(Incarnation incarnation) {
    return Stream.builder()
        .streamArn(incarnation.arn())
        .tableName(stream.table().name().value())
        .streamLabel(incarnation.label().value())
        .build();
  }

  DescribeStreamResponse describeStream(DescribeStreamRequest request) {
    int most = stream.settings().pageShards();
    int limit = Math.min(most, limit(request.limit(), most, StreamSettings.MOST_SHARDS));
    synchronized (stream) {
      Incarnation incarnation = find(request.streamArn());
      Predicate<Shard> wanted = filter(request.shardFilter());
      List<Shard> all = incarnation.shards().stream().filter(Shard::listed).filter(wanted).toList();
      int from =
          behind(all, request.exclusiveStartShardId(), shard -> shard.name().shard().value());
      List<Shard> page = all.subList(from, Math.min(from + limit, all.size()));
      StreamDescription.Builder description =
          StreamDescription.builder()
              .streamArn(incarnation.arn())
              .streamLabel(incarnation.label().value())
              .streamStatus(incarnation.enabled() ? StreamStatus.ENABLED : StreamStatus.DISABLED)
              .streamViewType(StreamViewType.NEW_AND_OLD_IMAGES)
              .creationRequestDateTime(incarnation.created())
              .tableName(stream.table().name().value())
              .keySchema(keySchema(stream.table()))
              .shards(page.stream().map(StreamCalls::shard).toList());
      if (from + page.size() < all.size()) {
        description.lastEvaluatedShardId(page.get(page.size() - 1).name().shard().value());
      }
      return DescribeStreamResponse.builder().streamDescription(description.build()).build();
    }
  }

  private static Predicate<Shard> filter(@Nullable ShardFilter filter) {
    if (filter == null) {
      return shard -> true;
    }
    if (filter.type() != ShardFilterType.CHILD_SHARDS || filter.shardId() == null) {
      throw new RefusedException(
          Fault.Refusal.invalid("A ShardFilter has the Type CHILD_SHARDS and a ShardId"));
    }
    return shard -> {
      Shard parent = shard.parent();
      return parent != null && parent.name().shard().value().equals(filter.shardId());
    };
  }

  static List<KeySchemaElement> keySchema(ScriptedTable table) {
    return table.keys().stream()
        .map(
            key ->
                KeySchemaElement.builder()
                    .attributeName(key.name())
                    .keyType(key.equals(table.keys().get(0)) ? KeyType.HASH : KeyType.RANGE)
                    .build())
        .toList();
  }

  private static software.amazon.awssdk.services.dynamodb.model.Shard shard(Shard shard) {
    Shard parent = shard.parent();
    return software.amazon.awssdk.services.dynamodb.model.Shard.builder()
        .shardId(shard.name().shard().value())
        .parentShardId(parent == null ? null : parent.name().shard().value())
        .sequenceNumberRange(
            range ->
                range.startingSequenceNumber(shard.starting()).endingSequenceNumber(shard.ending()))
        .build();
  }

  GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
    if (request.shardIteratorType() == null) {
      throw new RefusedException(Fault.Refusal.invalid("A ShardIteratorType is needed"));
    }
    synchronized (stream) {
      Incarnation incarnation = find(request.streamArn());
      Shard shard = find(incarnation, request.shardId());
      Place place =
          new Place(
              incarnation.arn(), shard.name().shard(), ordinal(shard, request), stream.now(), 0);
      return GetShardIteratorResponse.builder().shardIterator(place.text()).build();
    }
  }

  private static long ordinal(Shard shard, GetShardIteratorRequest request) {
    return switch (request.shardIteratorType()) {
      case TRIM_HORIZON -> shard.horizon();
      case LATEST -> shard.end();
      case AT_SEQUENCE_NUMBER -> shard.at(named(shard, request.sequenceNumber()));
      case AFTER_SEQUENCE_NUMBER -> shard.after(named(shard, request.sequenceNumber()));
      case UNKNOWN_TO_SDK_VERSION ->
          throw new RefusedException(
              Fault.Refusal.invalid(
                  "Unknown ShardIteratorType: " + request.shardIteratorTypeAsString()));
    };
  }

  /** The sequence number that a client named, if the shard can have it. */
  private static SequenceNumber named(Shard shard, @Nullable String text) {
    SequenceNumber number;
    try {
      number = SequenceNumber.parse(text == null ? "" : text);
    } catch (IllegalArgumentException e) {
      throw new RefusedException(Fault.Refusal.invalid("Invalid SequenceNumber: " + text));
    }
    String ending = shard.ending();
    boolean behind = ending != null && number.isAfter(SequenceNumber.parse(ending));
    if (behind || SequenceNumber.parse(shard.starting()).isAfter(number)) {
      throw new RefusedException(
          Fault.Refusal.invalid(
              "Invalid SequenceNumber: %s is not in shard %s"
                  .formatted(text, shard.name().shard())));
    }
    if (shard.trimmedAt(number)) {
      throw new RefusedException(Fault.trimmed());
    }
    return number;
  }

  Page getRecords(GetRecordsRequest request) {
    StreamSettings settings = stream.settings();
    int limit = limit(request.limit(), settings.pageRecords(), StreamSettings.MOST_RECORDS);
    Place place = Place.parse(request.shardIterator() == null ? "" : request.shardIterator());
    synchronized (stream) {
      Shard shard = find(find(place.streamArn()), place.shard().value());
      if (place.expired(stream.now(), settings)) {
        throw new RefusedException(Fault.expired());
      }
      if (place.ordinal() < shard.horizon()) {
        throw new RefusedException(Fault.trimmed());
      }
      List<StoredRecord> records =
          shard.page(
              place.ordinal(),
              stream.givenUntil(),
              Math.min(limit, settings.pageRecords()),
              settings.pageBytes());
      Place next = place.next(records.size(), stream.now());
      boolean over = !shard.open() && next.ordinal() >= shard.end();
      return new Page(records, over ? null : next.text());
    }
  }

  private Incarnation find(@Nullable String arn) {
    return stream.incarnations().stream()
        .filter(incarnation -> incarnation.arn().equals(arn))
        .findFirst()
        .orElseThrow(() -> new RefusedException(Fault.notFound("Stream: " + arn)));
  }

  private static Shard find(Incarnation incarnation, @Nullable String id) {
    for (Shard shard : incarnation.shards()) {
      if (shard.name().shard().value().equals(id)) {
        return shard;
      }
    }
    throw new RefusedException(Fault.notFound("Shard: " + id + " in Stream: " + incarnation.arn()));
  }

  /** The index of the first element behind the last one of the page before; names rise. */
  private static <T> int behind(List<T> all, @Nullable String start, Function<T, String> name) {
    int index = 0;
    while (start != null
        && index < all.size()
        && name.apply(all.get(index)).compareTo(start) <= 0) {
      index++;
    }
    return index;
  }

  private static int limit(@Nullable Integer asked, int otherwise, int most) {
    if (asked == null) {
      return otherwise;
    }
    if (asked < 1 || asked > most) {
      throw new RefusedException(
          Fault.Refusal.invalid(
              "1 validation error detected: Value '%d' at 'limit' failed to satisfy constraint: Member must be between 1 and %d"
                  .formatted(asked, most)));
    }
    return asked;
  }

  /** The shard of an iterator; none if the iterator is none. */
  static @Nullable ShardId shardOf(@Nullable String iterator) {
    try {
      return Place.parse(iterator == null ? "" : iterator).shard();
    } catch (RefusedException e) {
      return null;
    }
  }

  /** The shard of this name; none if no shard can have it. */
  static @Nullable ShardId shardNamed(@Nullable String id) {
    try {
      return new ShardId(id == null ? "" : id);
    } catch (IllegalArgumentException e) {
      return null;
    }
  }
}
