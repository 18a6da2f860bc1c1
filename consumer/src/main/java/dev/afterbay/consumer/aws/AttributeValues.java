package dev.afterbay.consumer.aws;

import dev.afterbay.transforms.image.Bytes;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** Turns our values into the SDK's: the way back of what is decoded from streams and scans. */
final class AttributeValues {
  private AttributeValues() {}

  static Map<String, AttributeValue> of(Item item) {
    Map<String, AttributeValue> attributes = new HashMap<>();
    item.attributes().forEach((name, value) -> attributes.put(name, of(value)));
    return attributes;
  }

  private static AttributeValue of(Value value) {
    if (value instanceof Value.S text) {
      return AttributeValue.fromS(text.text());
    } else if (value instanceof Value.N number) {
      return AttributeValue.fromN(number.number());
    } else if (value instanceof Value.B binary) {
      return AttributeValue.fromB(bytes(binary.bytes()));
    } else if (value instanceof Value.Bool bool) {
      return AttributeValue.fromBool(bool.value());
    } else if (value instanceof Value.Null) {
      return AttributeValue.fromNul(true);
    } else if (value instanceof Value.M map) {
      return AttributeValue.fromM(of(map.attributes()));
    } else if (value instanceof Value.L list) {
      return AttributeValue.fromL(list.elements().stream().map(AttributeValues::of).toList());
    } else if (value instanceof Value.SS texts) {
      return AttributeValue.fromSs(texts.members());
    } else if (value instanceof Value.NS numbers) {
      return AttributeValue.fromNs(numbers.members());
    }
    List<Bytes> members = ((Value.BS) value).members();
    return AttributeValue.fromBs(members.stream().map(AttributeValues::bytes).toList());
  }

  private static SdkBytes bytes(Bytes bytes) {
    return SdkBytes.fromByteArray(bytes.toByteArray());
  }
}
