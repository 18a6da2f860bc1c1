package dev.afterbay.local.stream;

import dev.afterbay.transforms.toavro.KeyAttribute;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An endless, seeded history of the items of a scripted table: a missing item is inserted, one that
 * exists is modified or removed, and each record's old image is the new image of the one before.
 *
 * <p>For one thread; several take and append each change in one block synchronized on the stream.
 */
public final class GeneratedChanges implements Supplier<Change> {
  private static final long MOST_BACK = 3;
  private static final String LETTERS = "abcdefghijklmnopqrstuvwxyz0123456789 ,.-äß€";

  private final ScriptedTable table;
  private final Shape shape;
  private final SplittableRandom random;
  private final InstantSource clock;
  private final Map<Integer, Map<String, AttributeValue>> current = new HashMap<>();
  private final List<Map<String, AttributeValue>> keys = new ArrayList<>();

  /** Stands in every item, so that it can be looked for where no item's content may be. */
  public static final String SECRET = "hunter2";

  private final String[] texts = new String[64];
  private long made;

  /**
   * What the history looks like.
   *
   * @param keys how many items there are at most
   * @param skew how unevenly they are chosen: 0 evenly; the larger, the more the first ones
   * @param bytes about the size of an image
   * @param removals the share of removals among the changes of items that exist
   * @param expiries the share of removals that time to live causes
   * @param backwards the share of changes whose time is up to three seconds before the clock's
   */
  public record Shape(
      int keys, double skew, int bytes, double removals, double expiries, double backwards) {
    /** Items of half a kilobyte, a tenth of the changes removals, some of them by time to live. */
    public static final Shape ORDINARY = new Shape(10_000, 1, 500, 0.1, 0.2, 0.01);

    /** Checks the ranges. */
    public Shape {
      if (keys < 1 || bytes < 1 || !(skew >= 0)) {
        throw new IllegalArgumentException("A history has keys, bytes and no negative skew");
      }
    }

    /** The same with so many items. */
    public Shape ofKeys(int number) {
      return new Shape(number, skew, bytes, removals, expiries, backwards);
    }

    /** The same with images of about this size. */
    public Shape ofBytes(int size) {
      return new Shape(keys, skew, size, removals, expiries, backwards);
    }
  }

  /** A history that starts without items; the clock tells when each change happened. */
  public GeneratedChanges(ScriptedTable table, Shape shape, long seed, InstantSource clock) {
    this.table = table;
    this.shape = shape;
    this.random = new SplittableRandom(seed);
    this.clock = clock;
    for (int i = 0; i < texts.length; i++) {
      texts[i] = text();
    }
  }

  /** The next change. */
  @Override
  public Change get() {
    int chosen = choose();
    Instant at = time(clock.instant());
    Map<String, AttributeValue> before = current.get(chosen);
    if (before != null && random.nextDouble() < shape.removals()) {
      boolean expired = random.nextDouble() < shape.expiries();
      current.remove(chosen);
      return table.change(at, before, null, expired ? Change.Cause.TTL : Change.Cause.CLIENT);
    }
    Map<String, AttributeValue> after = Collections.unmodifiableMap(item(key(chosen)));
    current.put(chosen, after);
    return table.change(at, before, after, Change.Cause.CLIENT);
  }

  private int choose() {
    return (int) (shape.keys() * Math.pow(random.nextDouble(), 1 + shape.skew()));
  }

  private Map<String, AttributeValue> key(int index) {
    while (keys.size() <= index) {
      Map<String, AttributeValue> key = new LinkedHashMap<>();
      for (KeyAttribute attribute : table.keys()) {
        key.put(attribute.name(), keyValue(attribute, keys.size()));
      }
      keys.add(key);
    }
    return keys.get(index);
  }

  private static AttributeValue keyValue(KeyAttribute attribute, int index) {
    return switch (attribute.type()) {
      case S -> AttributeValue.fromS(attribute.name() + "#" + index);
      case N -> AttributeValue.fromN(Integer.toString(index));
      case B -> AttributeValue.fromB(SdkBytes.fromUtf8String(Integer.toString(index)));
    };
  }

  /** No two items are equal, for each has a number of its own. */
  private Map<String, AttributeValue> item(Map<String, AttributeValue> key) {
    Map<String, AttributeValue> item = new LinkedHashMap<>(key);
    item.put("Version", AttributeValue.fromN(Long.toString(++made)));
    item.put("Total", AttributeValue.fromN(random.nextInt(1_000) + "." + (1 + random.nextInt(9))));
    item.put("Status", AttributeValue.fromS(random.nextInt(4) == 0 ? "PAID" : "PENDING"));
    item.put("Express", AttributeValue.fromBool(random.nextInt(8) == 0));
    item.put("Tags", AttributeValue.fromSs(List.of("t" + random.nextInt(9), "u")));
    item.put("Address", AttributeValue.fromM(Map.of("City", AttributeValue.fromS("Łódź"))));
    item.put("Note", AttributeValue.fromS(texts[random.nextInt(texts.length)]));
    return item;
  }

  private String text() {
    int frame = 120;
    int length = Math.max(1, shape.bytes() - frame);
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(LETTERS.charAt(random.nextInt(LETTERS.length())));
    }
    if (length > SECRET.length()) {
      text.replace(0, SECRET.length(), SECRET);
    }
    return text.toString();
  }

  private Instant time(Instant now) {
    boolean back = random.nextDouble() < shape.backwards();
    return back ? now.minusSeconds(1 + random.nextLong(MOST_BACK)) : now;
  }
}
