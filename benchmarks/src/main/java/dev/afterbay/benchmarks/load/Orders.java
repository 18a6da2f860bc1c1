package dev.afterbay.benchmarks.load;

import dev.afterbay.local.stream.Change;
import dev.afterbay.local.stream.ScriptedTable;
import dev.afterbay.transforms.change.Operation;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * An endless, seeded run of changes of the items of a shop. Each has both images of 12 attributes
 * (texts, numbers, a boolean, a set, a map, a list), together about 1 KB as DynamoDB counts; the
 * old image is what the item was left as. {@code CreatedAt} of the new image is the moment when the
 * change was made.
 *
 * <p>Not safe for use by several threads.
 */
public final class Orders {
  /** The table. */
  public static final ScriptedTable TABLE = ScriptedTable.named("Measured-Orders");

  /** What makes three typed tables of ten columns each of it, as lines of YAML beside its name. */
  public static final String ENTITIES =
      """
      entities:
        - name: user_profiles
          match: { PK: "USER#{user_id}", SK: "PROFILE" }
          columns: &columns
            Name: string
            Status: string
            Total: decimal(12,2)
            Count: bigint
            CreatedAt: timestamp
            Open: boolean
            Tags: set<string>
            Address: "struct<City: string, Zip: string>"
            Lines: json
            Note: string
        - name: orders
          match: { PK: "USER#{user_id}", SK: "ORDER#{order_id}" }
          columns: *columns
        - name: products
          match: { PK: "PRODUCT#{product_id}", SK: "DETAILS" }
          columns: *columns
      """;

  private static final int NOTE = 270;
  private static final int NAME = 18;
  private static final String[] STATES = {"PENDING", "PAID", "PACKED", "SHIPPED", "DELIVERED"};

  private final Shape shape;
  private final SplittableRandom random;
  private final Map<Integer, Map<String, AttributeValue>> current = new HashMap<>();

  /**
   * What the changes look like.
   *
   * @param items how many there are
   * @param skew how unevenly they are chosen
   * @param texture of their texts
   */
  public record Shape(int items, Skew skew, Texture texture) {}

  /** The same seed gives the same changes. */
  public Orders(Shape shape, long seed) {
    this.shape = shape;
    this.random = new SplittableRandom(seed);
  }

  /** The next change, made at this moment. */
  public Change next(Instant at) {
    int item = shape.skew().choose(shape.items(), random);
    Map<String, AttributeValue> keys = keys(item);
    Map<String, AttributeValue> before = current.get(item);
    if (before == null) {
      before = image(keys, at);
    }
    Map<String, AttributeValue> after = image(keys, at);
    current.put(item, after);
    return new Change(Operation.MODIFY, at, keys, after, before, Change.Cause.CLIENT);
  }

  private static Map<String, AttributeValue> keys(int item) {
    return switch (item % 5) {
      case 0 -> Map.of("PK", s("USER#" + item), "SK", s("PROFILE"));
      case 1 -> Map.of("PK", s("PRODUCT#" + item), "SK", s("DETAILS"));
      default -> Map.of("PK", s("USER#" + item), "SK", s("ORDER#" + (item * 31L)));
    };
  }

  private Map<String, AttributeValue> image(Map<String, AttributeValue> keys, Instant at) {
    Map<String, AttributeValue> image = new LinkedHashMap<>(keys);
    image.put("Name", s(shape.texture().text(NAME, random)));
    image.put("Status", s(STATES[random.nextInt(STATES.length)]));
    image.put("Total", n(random.nextInt(100_000) + "." + (10 + random.nextInt(90))));
    image.put("Count", n(Integer.toString(random.nextInt(1_000))));
    image.put("CreatedAt", s(at.toString()));
    image.put("Open", AttributeValue.fromBool(random.nextBoolean()));
    image.put(
        "Tags", AttributeValue.fromSs(List.of("a" + random.nextInt(9), "b" + random.nextInt(9))));
    image.put(
        "Address",
        AttributeValue.fromM(Map.of("City", s("Łódź"), "Zip", s("10" + random.nextInt(99)))));
    image.put(
        "Lines",
        AttributeValue.fromL(List.of(n("1"), s("two"), AttributeValue.fromM(Map.of("q", n("3"))))));
    image.put("Note", s(shape.texture().text(NOTE, random)));
    return image;
  }

  private static AttributeValue s(String text) {
    return AttributeValue.fromS(text);
  }

  private static AttributeValue n(String number) {
    return AttributeValue.fromN(number);
  }
}
