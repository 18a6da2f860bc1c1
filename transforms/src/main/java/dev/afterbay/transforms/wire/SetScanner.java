package dev.afterbay.transforms.wire;

import dev.afterbay.transforms.image.Bytes;
import dev.afterbay.transforms.image.Value;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/** Reads sets. Those of texts that stand in order are copied; the others become values first. */
final class SetScanner {
  private final JsonBytes json;
  private final byte[] bytes;
  private final ByteSink sink;

  SetScanner(JsonBytes json, ByteSink sink) {
    this.json = json;
    this.bytes = json.bytes();
    this.sink = sink;
  }

  /** Reads the members of a set, and writes its canonical value. */
  void set(byte type) {
    if (type == 'S' && sortedTexts()) {
      return;
    }
    List<String> members = members();
    StringBuilder text = new StringBuilder();
    try {
      value(type, members).appendTo(text);
    } catch (IllegalArgumentException e) {
      throw UnusualJson.here();
    }
    sink.put(text.toString());
  }

  private static Value value(byte type, List<String> members) {
    return switch (type) {
      case 'S' -> new Value.SS(members);
      case 'N' -> new Value.NS(members);
      case 'B' -> new Value.BS(members.stream().map(SetScanner::strict).toList());
      default -> throw UnusualJson.here();
    };
  }

  /** The string that was just read, as bytes. */
  Value bytes() {
    return new Value.B(strict(json.text()));
  }

  private static Bytes strict(String base64) {
    Bytes decoded = Bytes.of(decode(base64));
    if (!decoded.base64().equals(base64)) {
      throw UnusualJson.here();
    }
    return decoded;
  }

  private static byte[] decode(String base64) {
    try {
      return Base64.getDecoder().decode(base64);
    } catch (IllegalArgumentException e) {
      throw UnusualJson.here();
    }
  }

  /** Goes back, and writes nothing, if they are not in order without white space and escapes. */
  private boolean sortedTexts() {
    int start = json.position();
    int lastFrom = 0;
    int lastTo = -1;
    boolean more = json.opens('[', ']');
    if (!more) {
      throw UnusualJson.here();
    }
    int packed = start + 1;
    while (more) {
      json.string();
      boolean next =
          !json.escaped()
              && json.from() == packed + 1
              && (lastTo < 0
                  || Arrays.compareUnsigned(bytes, lastFrom, lastTo, bytes, json.from(), json.to())
                      < 0);
      if (!next) {
        json.moveTo(start);
        return false;
      }
      lastFrom = json.from();
      lastTo = json.to();
      packed = json.position() + 1;
      more = json.more(']');
    }
    if (bytes[start] != '[' || json.position() != packed) {
      json.moveTo(start);
      return false;
    }
    sink.put("{\"SS\":");
    sink.put(bytes, start, json.position());
    sink.put('}');
    return true;
  }

  private List<String> members() {
    List<String> members = new ArrayList<>();
    boolean more = json.opens('[', ']');
    while (more) {
      json.plainString();
      members.add(json.text());
      more = json.more(']');
    }
    return members;
  }
}
