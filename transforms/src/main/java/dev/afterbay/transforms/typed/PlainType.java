package dev.afterbay.transforms.typed;

import dev.afterbay.transforms.image.Bytes;
import dev.afterbay.transforms.image.Value;
import java.nio.ByteBuffer;
import java.util.Locale;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;

/** The types without parameters. */
enum PlainType implements ColumnType {
  /** A string. */
  STRING(Schema.create(Schema.Type.STRING)) {
    @Override
    Fit fitOther(Value value) {
      return value instanceof Value.S string ? new Fit.Exact(string.text()) : ANOTHER_TYPE;
    }

    @Override
    public Value valueOf(Object content) {
      return new Value.S(content.toString());
    }
  },
  /** True or false. */
  BOOLEAN(Schema.create(Schema.Type.BOOLEAN)) {
    @Override
    Fit fitOther(Value value) {
      return value instanceof Value.Bool bool ? new Fit.Exact(bool.value()) : ANOTHER_TYPE;
    }

    @Override
    public Value valueOf(Object content) {
      return new Value.Bool((Boolean) content);
    }
  },
  /** A whole number in 32 bits. */
  INT(Schema.create(Schema.Type.INT)) {
    @Override
    Fit fitOther(Value value) {
      return value instanceof Value.N number ? NumberText.asInt(number.number()) : ANOTHER_TYPE;
    }

    @Override
    public Value valueOf(Object content) {
      return new Value.N(content.toString());
    }
  },
  /** A whole number in 64 bits. */
  BIGINT(Schema.create(Schema.Type.LONG)) {
    @Override
    Fit fitOther(Value value) {
      return value instanceof Value.N number ? NumberText.asLong(number.number()) : ANOTHER_TYPE;
    }

    @Override
    public Value valueOf(Object content) {
      return new Value.N(content.toString());
    }
  },
  /** A number that is the shortest decimal of its double. */
  DOUBLE(Schema.create(Schema.Type.DOUBLE)) {
    @Override
    Fit fitOther(Value value) {
      return value instanceof Value.N number ? NumberText.asDouble(number.number()) : ANOTHER_TYPE;
    }

    @Override
    public Value valueOf(Object content) {
      return new Value.N(NumberText.shortest((Double) content).toPlainString());
    }
  },
  /** A day, {@code yyyy-MM-dd}. */
  DATE(LogicalTypes.date().addToSchema(Schema.create(Schema.Type.INT))) {
    @Override
    Fit fitOther(Value value) {
      return value instanceof Value.S string ? IsoText.asDay(string.text()) : ANOTHER_TYPE;
    }

    @Override
    public Value valueOf(Object content) {
      return new Value.S(IsoText.day((Integer) content));
    }
  },
  /** A run of bytes. */
  BINARY(Schema.create(Schema.Type.BYTES)) {
    @Override
    Fit fitOther(Value value) {
      return value instanceof Value.B binary
          ? new Fit.Exact(binary.bytes().asByteBuffer())
          : ANOTHER_TYPE;
    }

    @Override
    public Value valueOf(Object content) {
      return new Value.B(Bytes.of((ByteBuffer) content));
    }
  },
  /** Any value that plain JSON can give back, as its text; DynamoDB's null is JSON's. */
  JSON(Schema.create(Schema.Type.STRING)) {
    @Override
    public Fit fit(Value value) {
      return fitOther(value);
    }

    @Override
    Fit fitOther(Value value) {
      StringBuilder json = new StringBuilder();
      return PlainJson.append(json, value) ? new Fit.Exact(json.toString()) : ANOTHER_TYPE;
    }

    @Override
    public Value valueOf(Object content) {
      return PlainJson.read(content.toString());
    }
  };

  static final Fit ANOTHER_TYPE = new Fit.Misfit(Reason.TYPE);
  static final Fit DYNAMODB_NULL = new Fit.Misfit(Reason.NULL);

  private final String text = name().toLowerCase(Locale.ROOT);
  private final Schema schema;

  PlainType(Schema schema) {
    this.schema = schema;
  }

  /** What the column holds of a value that is not null. */
  abstract Fit fitOther(Value value);

  /** The misfit of a value that is of another type, or DynamoDB's null. */
  static Fit misfit(Value value) {
    return value instanceof Value.Null ? DYNAMODB_NULL : ANOTHER_TYPE;
  }

  @Override
  public Fit fit(Value value) {
    return value instanceof Value.Null ? DYNAMODB_NULL : fitOther(value);
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public Schema avro() {
    return schema;
  }

  @Override
  public String toString() {
    return text;
  }
}
