package dev.afterbay.transforms.toavro;

import dev.afterbay.transforms.image.Bytes;
import dev.afterbay.transforms.image.Value;
import java.nio.ByteBuffer;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** The type of a key attribute. */
public enum KeyType {
  /** A string. */
  S,
  /** A number; its column holds the canonical decimal spelling. */
  N,
  /** A run of bytes. */
  B;

  /** The value as its column holds it; null if there is none of this type. */
  @Nullable Object toColumn(@Nullable Value value) {
    if (this == S && value instanceof Value.S string) {
      return string.text();
    }
    if (this == N && value instanceof Value.N number) {
      return number.number();
    }
    if (this == B && value instanceof Value.B binary) {
      return binary.bytes().asByteBuffer();
    }
    return null;
  }

  Value fromColumn(Object column) {
    return switch (this) {
      case S -> new Value.S(column.toString());
      case N -> new Value.N(column.toString());
      case B -> new Value.B(Bytes.of((ByteBuffer) column));
    };
  }

  Schema columnSchema() {
    return Schema.create(this == B ? Schema.Type.BYTES : Schema.Type.STRING);
  }
}
