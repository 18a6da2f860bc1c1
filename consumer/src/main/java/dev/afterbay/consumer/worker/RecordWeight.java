package dev.afterbay.consumer.worker;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/**
 * About how much of the heap stream records take as the SDK's objects: their size as DynamoDB
 * counts it, and what each value costs however small it is. A list of numbers takes forty times its
 * size.
 */
final class RecordWeight {
  /** The record, its maps and its own texts. */
  private static final long RECORD = 700;

  /** An {@code AttributeValue} with its content's object and its place in a map or list. */
  private static final long VALUE = 150;

  /** An element of a set. */
  private static final long ELEMENT = 60;

  /** Texts beyond Latin-1 take two bytes a character. */
  private static final long SIZE_FACTOR = 2;

  private RecordWeight() {}

  static long of(List<Record> records) {
    long weight = 0;
    for (Record record : records) {
      weight += of(record);
    }
    return weight;
  }

  private static long of(Record record) {
    StreamRecord change = record.dynamodb();
    if (change == null) {
      return RECORD;
    }
    Long size = change.sizeBytes();
    return RECORD
        + SIZE_FACTOR * (size == null ? 0 : size)
        + of(change.keys())
        + of(change.newImage())
        + of(change.oldImage());
  }

  private static long of(@Nullable Map<String, AttributeValue> attributes) {
    long weight = 0;
    if (attributes != null) {
      for (AttributeValue value : attributes.values()) {
        weight += of(value);
      }
    }
    return weight;
  }

  private static long of(@Nullable AttributeValue value) {
    AttributeValue.Type type = value == null ? null : value.type();
    if (value == null || type == null) {
      return VALUE; // None, or one of several types at once, which only garbage is.
    }
    return switch (type) {
      case M -> VALUE + of(value.m());
      case L -> VALUE + value.l().stream().mapToLong(RecordWeight::of).sum();
      case SS -> VALUE + ELEMENT * value.ss().size();
      case NS -> VALUE + ELEMENT * value.ns().size();
      case BS -> VALUE + ELEMENT * value.bs().size();
      case S, N, B, BOOL, NUL, UNKNOWN_TO_SDK_VERSION -> VALUE;
    };
  }
}
