package dev.afterbay.transforms.fromstream;

import dev.afterbay.transforms.image.Bytes;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.util.HashMap;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Our items as the SDK would deliver them. */
final class SdkItems {
  private SdkItems() {}

  static Map<String, AttributeValue> of(Item item) {
    Map<String, AttributeValue> attributes = new HashMap<>();
    item.attributes().forEach((name, value) -> attributes.put(name, of(value)));
    return attributes;
  }

  private static AttributeValue of(Value value) {
    if (value instanceof Value.S s) {
      return AttributeValue.fromS(s.text());
    } else if (value instanceof Value.N n) {
      return AttributeValue.fromN(n.number());
    } else if (value instanceof Value.B b) {
      return AttributeValue.fromB(bytes(b.bytes()));
    } else if (value instanceof Value.Bool bool) {
      return AttributeValue.fromBool(bool.value());
    } else if (value instanceof Value.M m) {
      return AttributeValue.fromM(of(m.attributes()));
    } else if (value instanceof Value.L l) {
      return AttributeValue.fromL(l.elements().stream().map(SdkItems::of).toList());
    } else if (value instanceof Value.SS set) {
      return AttributeValue.fromSs(set.members());
    } else if (value instanceof Value.NS set) {
      return AttributeValue.fromNs(set.members());
    } else if (value instanceof Value.BS set) {
      return AttributeValue.fromBs(set.members().stream().map(SdkItems::bytes).toList());
    }
    return AttributeValue.fromNul(true);
  }

  private static SdkBytes bytes(Bytes bytes) {
    return SdkBytes.fromByteArray(bytes.toByteArray());
  }
}
