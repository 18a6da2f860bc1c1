package dev.afterbay.consumer.worker;

import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.RandomItems;
import dev.afterbay.transforms.image.Respelling;
import dev.afterbay.transforms.image.Value;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Answers to GetRecords as text: usual ones, oddly spelled ones, and ones with nonsense in them.
 */
final class WirePages {
  private static final List<String> ODD_VALUES =
      List.of(
          "null",
          "{}",
          "[]",
          "{\"X\":1}",
          "{\"XS\":[\"a\"]}",
          "{\"S\":\"a\",\"N\":\"1\"}",
          "{\"S\":\"a\",\"S\":\"b\"}",
          "{\"S\":null}",
          "{\"N\":null}",
          "{\"N\":5}",
          "{\"N\":\"\"}",
          "{\"N\":\"+007.50e1\"}",
          "{\"N\":\"-0.0\"}",
          "{\"N\":\"1E-130\"}",
          "{\"N\":\"1E126\"}",
          "{\"N\":\"NaN\"}",
          "{\"N\":\"\\u0031\"}",
          "{\"NULL\":false}",
          "{\"NULL\":\"true\"}",
          "{\"BOOL\":\"true\"}",
          "{\"BOOL\":null}",
          "{\"B\":\"QQ\"}",
          "{\"B\":\"QR==\"}",
          "{\"B\":\"!!!!\"}",
          "{\"B\":\"QUJD\\/w==\"}",
          "{\"S\":\"half \\ud83d\"}",
          "{\"S\":\"\\ude80 half\"}",
          "{\"S\":\"\\ud83d\\ude80\\u0000\\u007f\\uffff\"}",
          "{\"SS\":[]}",
          "{\"SS\":[ \"a\" , \"b\" ]}",
          "{\"SS\":[\"b\",\"a\"]}",
          "{\"SS\":[\"a\",\"a\"]}",
          "{\"SS\":[\"a\",null]}",
          "{\"SS\":[\"a\\n\",\"a\"]}",
          "{\"NS\":[\"10\",\"9\",\"1e1\"]}",
          "{\"NS\":[\"10\",\"9\",\"-3\"]}",
          "{\"BS\":[\"/w==\",\"AA==\"]}",
          "{\"BS\":[\"AA==\",\"AA==\"]}",
          "{\"L\":[null]}",
          "{\"L\":null}",
          "{\"M\":{\"b\":{\"S\":\"1\"},\"b\":{\"S\":\"2\"}}}",
          "{\"M\":{\"b\":{\"S\":\"1\"},\"a\":{\"S\":\"2\"},\"\":{\"NULL\":true}}}",
          "{\"S\":\"a\"}x",
          "{\"S\":\"a\",}",
          "{\"S\":\"a\u0001\"}");

  private static final List<String> TIMES =
      List.of(
          "1684934517",
          "1.684934517E9",
          "1684934517.5",
          "1684934517.123456",
          "1.684934517123E+9",
          "16849345170e-1",
          "0",
          "1e3",
          "-5",
          "1.6e99",
          "99999999999999999999",
          "null",
          "\"1684934517\"",
          "1684934517123456789",
          "0.0001",
          "1684934517.99999");

  private static final List<String> NUMBERS =
      List.of("\"\"", "\"12a\"", "null", "7", "\"" + "9".repeat(41) + "\"", "\"0\"", "\"\\u0031\"");

  private static final List<String> NAMES =
      List.of(
          "\"INSERT\"", "\"REMOVE\"", "\"MODIFY\"", "\"COMPACT\"", "\"\"", "null", "\"insert\"");

  private static final List<String> IDENTITIES =
      List.of(
          "{\"Type\":\"Service\",\"PrincipalId\":\"dynamodb.amazonaws.com\"}",
          "{\"PrincipalId\":\"dynamodb.amazonaws.com\", \"Type\":\"Service\",\"x\":[1,{}]}",
          "{\"Type\":\"Service\",\"PrincipalId\":\"me\"}",
          "{\"Type\":\"Serv\\u0069ce\",\"PrincipalId\":\"dynamodb.amazonaws.com\"}",
          "{\"Type\":null}",
          "{\"type\":\"Service\",\"principalId\":\"dynamodb.amazonaws.com\"}",
          "{}",
          "null");

  private static final List<String> UNKNOWN =
      List.of(
          "\"future\":{\"a\":[1,-2.5e+3,true,false,null,\"\\u00e9é\"]}",
          "\"more\":\"text\"",
          "\"event\\u0049D\":\"x\"",
          "\"zero\":01",
          "\"\":0");

  private final Random random;
  private final RandomItems items;
  private final long seed;
  private final int nonsenseOneIn;

  WirePages(long seed, int nonsenseOneIn) {
    this.seed = seed;
    this.random = new Random(seed);
    this.items = RandomItems.seeded(seed);
    this.nonsenseOneIn = nonsenseOneIn;
  }

  String page(int records) {
    String all =
        Stream.generate(this::record).limit(records).collect(Collectors.joining("," + space()));
    List<String> fields =
        new ArrayList<>(
            List.of("\"NextShardIterator\":\"it-2\"", "\"Records\":[" + space() + all + "]"));
    if (nonsense()) {
      fields.add(pick(UNKNOWN));
    }
    return object(fields);
  }

  private String record() {
    List<String> fields = new ArrayList<>();
    String name = random.nextInt(4) == 0 ? "\"REMOVE\"" : pick(NAMES.subList(0, 3));
    add(
        fields,
        "eventID",
        "\"" + Long.toHexString(random.nextLong()) + "\"",
        List.of("null", "\"é\\n\"", "\"\\ud83d\"", "5"));
    add(fields, "eventName", name, NAMES);
    add(fields, "eventVersion", "\"1.1\"", List.of("null", "1.1"));
    add(fields, "eventSource", "\"aws:dynamodb\"", List.of("null"));
    add(fields, "awsRegion", "\"us-east-1\"", List.of("null"));
    if (name.equals("\"REMOVE\"") || nonsense()) {
      fields.add("\"userIdentity\":" + pick(nonsense() ? IDENTITIES : IDENTITIES.subList(0, 3)));
    }
    add(fields, "dynamodb", change(name), List.of("null", "{}", "[]"));
    if (nonsense()) {
      fields.add(pick(UNKNOWN));
    }
    return object(fields);
  }

  private String change(String name) {
    List<String> fields = new ArrayList<>();
    add(fields, "ApproximateCreationDateTime", pick(TIMES.subList(0, 8)), TIMES);
    add(fields, "Keys", keys(), List.of("null", "{}", attributes(), "{\"a\":{\"BOOL\":true}}"));
    if (!name.equals("\"REMOVE\"") || nonsense()) {
      add(fields, "NewImage", attributes(), List.of("null", "{}"));
    }
    if (!name.equals("\"INSERT\"") || nonsense()) {
      add(fields, "OldImage", attributes(), List.of("null", "{}"));
    }
    add(fields, "SequenceNumber", "\"" + (400_000 + random.nextInt(99_999)) + "\"", NUMBERS);
    add(fields, "SizeBytes", "512", List.of("null", "1.5", "\"12\"", "-1", "1e2"));
    add(fields, "StreamViewType", "\"NEW_AND_OLD_IMAGES\"", List.of("null", "\"OTHER\""));
    if (nonsense()) {
      fields.add(pick(UNKNOWN));
    }
    return object(fields);
  }

  private void add(List<String> fields, String name, String value, List<String> odd) {
    if (nonsense() && random.nextBoolean()) {
      return;
    }
    fields.add("\"" + name + "\"" + space() + ":" + space() + (nonsense() ? pick(odd) : value));
    if (nonsense() && random.nextInt(3) == 0) {
      fields.add("\"" + name + "\":" + value);
    }
  }

  private String keys() {
    Map<String, Value> keys =
        random.nextBoolean()
            ? Map.of("PK", new Value.S(items.text()))
            : Map.of("PK", new Value.B(items.bytes()), "SK", new Value.N(items.number()));
    return spelled(new Item(keys));
  }

  private String attributes() {
    String map = spelled(random.nextInt(40) == 0 ? items.deep() : usual(items.next()));
    if (!nonsense()) {
      return map;
    }
    String odd = "\"odd\":" + pick(ODD_VALUES);
    int inner = map.indexOf("\"M\":{\"");
    int at = inner > 0 && random.nextBoolean() ? inner + 5 : 1;
    return map.substring(0, at)
        + (map.substring(at).strip().startsWith("}") ? odd : odd + ",")
        + map.substring(at);
  }

  /** Mostly without names that JSON must escape, of which the generator is fond. */
  private Item usual(Item item) {
    if (random.nextInt(8) == 0) {
      return item;
    }
    Map<String, Value> attributes = new HashMap<>(item.attributes());
    attributes
        .keySet()
        .removeIf(name -> name.chars().anyMatch(c -> c < ' ' || c == '"' || c == '\\'));
    return new Item(attributes);
  }

  private String spelled(Item item) {
    int oddOneIn = random.nextInt(3) == 0 ? 5 : random.nextBoolean() ? 400 : Integer.MAX_VALUE;
    return new Respelling(seed + random.nextInt(), oddOneIn).of(item);
  }

  private String object(List<String> fields) {
    if (random.nextBoolean()) {
      Collections.shuffle(fields, random);
    }
    return "{" + space() + String.join(space() + ",", fields) + space() + "}";
  }

  private boolean nonsense() {
    return random.nextInt(nonsenseOneIn) == 0;
  }

  private String space() {
    return random.nextInt(12) == 0 ? " \r\n\t" : "";
  }

  private String pick(List<String> choices) {
    return choices.get(random.nextInt(choices.size()));
  }
}
