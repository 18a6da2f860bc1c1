package dev.afterbay.transforms.fromstream;

import dev.afterbay.transforms.image.RandomItems;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Identity;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

/** Stream records of which anything may be missing, unknown or nonsense; by seed. */
public final class RandomRecords {
  private static final List<String> TEXTS =
      List.of(
          "",
          "INSERT",
          "REMOVE",
          "COMPACT",
          "a\"b\\c/d",
          "\u0000\u0007\n\u001f\u007f\u0085",
          "ü€\u2028\ufeff\uffff",
          "\ud83d\ude80",
          "half \ud83d",
          "\ude80 half",
          "null",
          "12,50",
          "1E126",
          "9".repeat(200),
          "x".repeat(3_000));

  private static final List<Instant> TIMES =
      List.of(
          Instant.EPOCH,
          Instant.MIN,
          Instant.MAX,
          Instant.ofEpochSecond(-1, 1),
          Instant.ofEpochSecond(1_700_000_000),
          Instant.ofEpochSecond(1_700_000_000, 123_456_789),
          Instant.ofEpochSecond(1_700_000_000, 100_000_000));

  private final SplittableRandom random;
  private final RandomItems items;

  private RandomRecords(long seed) {
    this.random = new SplittableRandom(seed);
    this.items = RandomItems.seeded(seed);
  }

  /** A generator whose records depend on the seed alone. */
  public static RandomRecords seeded(long seed) {
    return new RandomRecords(seed);
  }

  /** The next record. */
  public Record next() {
    return Record.builder()
        .eventID(perhaps(this::text))
        .eventName(perhaps(this::text))
        .eventVersion(perhaps(this::text))
        .eventSource(perhaps(this::text))
        .awsRegion(perhaps(this::text))
        .dynamodb(perhaps(this::change))
        .userIdentity(
            perhaps(
                () ->
                    Identity.builder()
                        .type(perhaps(this::text))
                        .principalId(perhaps(this::text))
                        .build()))
        .build();
  }

  private StreamRecord change() {
    return StreamRecord.builder()
        .approximateCreationDateTime(perhaps(() -> pick(TIMES)))
        .keys(perhaps(() -> attributes(1)))
        .newImage(perhaps(this::image))
        .oldImage(perhaps(this::image))
        .sequenceNumber(perhaps(this::text))
        .sizeBytes(perhaps(random::nextLong))
        .streamViewType(perhaps(this::text))
        .build();
  }

  private Map<String, AttributeValue> image() {
    return random.nextBoolean() ? attributes(4) : SdkItems.of(items.next());
  }

  private Map<String, @Nullable AttributeValue> attributes(int depth) {
    Map<String, @Nullable AttributeValue> attributes = new LinkedHashMap<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      attributes.put(text(), perhaps(() -> value(depth)));
    }
    return attributes;
  }

  /** A value of no type, of one, or of several at once. */
  private AttributeValue value(int depth) {
    AttributeValue.Builder value = AttributeValue.builder();
    for (int types = random.nextInt(12) == 0 ? random.nextInt(4) : 1; types > 0; types--) {
      switch (random.nextInt(depth == 0 ? 8 : 10)) {
        case 0 -> value.s(text());
        case 1 -> value.n(text());
        case 2 -> value.b(bytes());
        case 3 -> value.bool(random.nextBoolean());
        case 4 -> value.nul(random.nextBoolean());
        case 5 -> value.ss(list(() -> perhaps(this::text)));
        case 6 -> value.ns(list(() -> perhaps(this::text)));
        case 7 -> value.bs(list(() -> perhaps(this::bytes)));
        case 8 -> value.m(attributes(depth - 1));
        default -> value.l(list(() -> perhaps(() -> value(depth - 1))));
      }
    }
    return value.build();
  }

  private <T> List<T> list(Supplier<T> element) {
    List<T> elements = new ArrayList<>();
    for (int i = random.nextInt(4); i > 0; i--) {
      elements.add(element.get());
    }
    return elements;
  }

  private SdkBytes bytes() {
    byte[] bytes = new byte[random.nextInt(20)];
    random.nextBytes(bytes);
    return SdkBytes.fromByteArray(bytes);
  }

  private String text() {
    return pick(TEXTS);
  }

  private <T> T pick(List<T> choices) {
    return choices.get(random.nextInt(choices.size()));
  }

  private <T> @Nullable T perhaps(Supplier<T> value) {
    return random.nextInt(8) == 0 ? null : value.get();
  }
}
