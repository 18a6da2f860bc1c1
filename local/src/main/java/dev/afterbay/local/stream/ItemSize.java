package dev.afterbay.local.stream;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The size of items as DynamoDB counts it: names and values, without JSON. */
final class ItemSize {
  private static final int CONTAINER = 3;

  private ItemSize() {}

  static int of(@Nullable Map<String, AttributeValue> attributes) {
    int size = 0;
    if (attributes != null) {
      for (Map.Entry<String, AttributeValue> attribute : attributes.entrySet()) {
        size += text(attribute.getKey()) + of(attribute.getValue());
      }
    }
    return size;
  }

  private static int of(AttributeValue value) {
    return switch (value.type()) {
      case S -> text(value.s());
      case N -> number(value.n());
      case B -> value.b().asByteArrayUnsafe().length;
      case BOOL, NUL -> 1;
      case SS -> sum(value.ss().stream().mapToInt(ItemSize::text).toArray());
      case NS -> sum(value.ns().stream().mapToInt(ItemSize::number).toArray());
      case BS ->
          sum(
              value.bs().stream()
                  .map(SdkBytes::asByteArrayUnsafe)
                  .mapToInt(b -> b.length)
                  .toArray());
      case L -> CONTAINER + elements(value.l());
      case M -> CONTAINER + value.m().size() + of(value.m());
      case UNKNOWN_TO_SDK_VERSION -> 0;
    };
  }

  private static int elements(List<AttributeValue> elements) {
    return elements.size() + sum(elements.stream().mapToInt(ItemSize::of).toArray());
  }

  private static int sum(int[] sizes) {
    int sum = 0;
    for (int size : sizes) {
      sum += size;
    }
    return sum;
  }

  private static int number(String digits) {
    return 1 + (digits.length() + 1) / 2;
  }

  private static int text(String text) {
    return text.getBytes(StandardCharsets.UTF_8).length;
  }
}
