package dev.afterbay.transforms.wire;

import dev.afterbay.transforms.image.CanonicalNumber;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/**
 * Reads the attributes of items and writes their canonical text at once. What stands there in
 * canonical form already is copied as it is. Not safe for use by several threads.
 *
 * <p>All methods throw {@link UnusualJson} where the JSON, a value or a name is not what DynamoDB
 * sends; what they read is exactly what DynamoDB's JSON and {@link Image} make of it.
 */
public final class ItemScanner {
  /** DynamoDB nests 32 levels; a few more are not worth a refusal. */
  private static final int DEEPEST = 40;

  private static final byte[] TRUE = bytes("{\"BOOL\":true}");
  private static final byte[] FALSE = bytes("{\"BOOL\":false}");
  private static final byte[] NULL = bytes("{\"NULL\":true}");

  private final JsonBytes json;
  private final byte[] bytes;
  private final ByteSink sink = new ByteSink();
  private final Entries entries = new Entries(sink);
  private final SetScanner sets;

  /** Reads at the place where the JSON stands. */
  public ItemScanner(JsonBytes json) {
    this.json = json;
    this.bytes = json.bytes();
    this.sets = new SetScanner(json, sink);
  }

  /** Reads the attributes of an item. */
  public Image image() {
    sink.clear();
    entries.clear();
    map(0);
    return Image.canonical(sink.copy(0));
  }

  /** Reads key attributes: texts, numbers and bytes, at least one. */
  public Image keys() {
    Map<String, Value> keys = new HashMap<>(4);
    boolean more = json.opens('{', '}');
    if (!more) {
      throw UnusualJson.here();
    }
    while (more) {
      json.name();
      if (keys.put(json.text(), key()) != null) {
        throw UnusualJson.here();
      }
      more = json.more('}');
    }
    return Image.of(new Item(keys));
  }

  private Value key() {
    byte type = type();
    json.plainString();
    Value value =
        switch (type) {
          case 'S' -> new Value.S(json.text());
          case 'N' -> new Value.N(number());
          case 'B' -> sets.bytes();
          default -> throw UnusualJson.here();
        };
    json.expect('}');
    return value;
  }

  /** Passes the beginning of a value whose type has one letter. */
  private byte type() {
    json.expect('{');
    json.name();
    if (json.length() != 1) {
      throw UnusualJson.here();
    }
    return bytes[json.from()];
  }

  private void map(int depth) {
    boolean more = json.opens('{', '}');
    sink.put('{');
    if (more) {
      int first = entries.begin();
      while (more) {
        attribute(depth);
        more = json.more('}');
        if (more) {
          sink.put(',');
        }
      }
      entries.end(first);
    }
    sink.put('}');
  }

  private void attribute(int depth) {
    int start = json.position();
    int place = sink.size();
    json.name();
    int length = json.length();
    int value = json.position();
    if (json.from() == start + 1 && value == json.to() + 2 && plainScalar(value)) {
      sink.put(bytes, start, json.position());
    } else {
      json.moveTo(value);
      sink.put('"');
      sink.put(bytes, json.from(), json.to());
      sink.put('"');
      sink.put(':');
      value(depth);
    }
    entries.add(place, length);
  }

  /** Passes a text or number that is canonical as it stands; says no, somewhere, if it is none. */
  private boolean plainScalar(int at) {
    int end = at + 6;
    if (end >= bytes.length
        || bytes[at] != '{'
        || bytes[at + 1] != '"'
        || bytes[at + 3] != '"'
        || bytes[at + 4] != ':'
        || bytes[at + 5] != '"') {
      return false;
    }
    byte type = bytes[at + 2];
    if (type != 'S' && type != 'N') {
      return false;
    }
    int nameFrom = json.from();
    int nameTo = json.to();
    json.moveTo(end);
    json.quoted();
    boolean plain =
        !json.escaped()
            && (type == 'S' || CanonicalNumber.isCanonical(bytes, json.from(), json.to()))
            && json.position() < bytes.length
            && bytes[json.position()] == '}';
    if (plain) {
      json.moveTo(json.position() + 1);
    } else {
      json.nameAgain(nameFrom, nameTo);
    }
    return plain;
  }

  private void value(int depth) {
    if (depth > DEEPEST) {
      throw UnusualJson.here();
    }
    json.expect('{');
    json.name();
    int length = json.length();
    byte first = length == 0 ? 0 : bytes[json.from()];
    byte second = length < 2 ? 0 : bytes[json.from() + 1];
    if (length == 1) {
      simple(first, depth);
    } else if (length == 2 && second == 'S') {
      sets.set(first);
    } else if (length == 4 && first == 'B' && second == 'O') {
      expectName("BOOL");
      sink.put(json.truth() ? TRUE : FALSE);
    } else {
      expectName("NULL");
      if (!json.truth()) {
        throw UnusualJson.here();
      }
      sink.put(NULL);
    }
    json.expect('}');
  }

  private void simple(byte type, int depth) {
    sink.put('{');
    sink.put('"');
    sink.put((char) type);
    sink.put('"');
    sink.put(':');
    switch (type) {
      case 'S' -> {
        json.string();
        sink.put('"');
        if (json.escaped()) {
          Escapes.copy(bytes, json.from(), json.to(), sink);
        } else {
          sink.put(bytes, json.from(), json.to());
        }
        sink.put('"');
      }
      case 'N' -> {
        json.plainString();
        if (CanonicalNumber.isCanonical(bytes, json.from(), json.to())) {
          sink.put(bytes, json.from() - 1, json.to() + 1);
        } else {
          sink.put('"' + number() + '"');
        }
      }
      case 'B' -> {
        json.plainString();
        if (!Base64Bytes.isCanonical(bytes, json.from(), json.to())) {
          throw UnusualJson.here();
        }
        sink.put(bytes, json.from() - 1, json.to() + 1);
      }
      case 'M' -> map(depth + 1);
      case 'L' -> list(depth + 1);
      default -> throw UnusualJson.here();
    }
    sink.put('}');
  }

  private void list(int depth) {
    boolean more = json.opens('[', ']');
    sink.put('[');
    while (more) {
      value(depth);
      more = json.more(']');
      if (more) {
        sink.put(',');
      }
    }
    sink.put(']');
  }

  private String number() {
    try {
      return CanonicalNumber.of(json.text());
    } catch (IllegalArgumentException e) {
      throw UnusualJson.here();
    }
  }

  private void expectName(String name) {
    if (!json.text().equals(name)) {
      throw UnusualJson.here();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
