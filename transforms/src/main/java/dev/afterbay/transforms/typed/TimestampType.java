package dev.afterbay.transforms.typed;

import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.typed.IsoText.Spelling;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Locale;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.jspecify.annotations.Nullable;

/** Times in microseconds, told apart by how the item spells them. */
enum TimestampType implements ColumnType {
  /** ISO text with a zone. */
  ISO("timestamp") {
    @Override
    public Fit fit(Value value) {
      return fitIso(value, Spelling.INSTANT);
    }

    @Override
    public Value valueOf(Object content) {
      return new Value.S(IsoText.time((Long) content, Spelling.INSTANT));
    }
  },
  /** ISO text in UTC that always has milliseconds. */
  MILLIS_ISO("timestamp(millis-iso)") {
    @Override
    public Fit fit(Value value) {
      return fitIso(value, Spelling.MILLIS);
    }

    @Override
    public Value valueOf(Object content) {
      return new Value.S(IsoText.time((Long) content, Spelling.MILLIS));
    }
  },
  /** ISO text without a zone, which is taken as UTC. */
  LOCAL("timestamp(local)") {
    @Override
    public Fit fit(Value value) {
      return fitIso(value, Spelling.LOCAL);
    }

    @Override
    public Value valueOf(Object content) {
      return new Value.S(IsoText.time((Long) content, Spelling.LOCAL));
    }
  },
  /** A number of seconds since 1970. */
  SECONDS("timestamp(seconds)") {
    @Override
    public Fit fit(Value value) {
      return fitNumber(value, 6);
    }

    @Override
    public Value valueOf(Object content) {
      return new Value.N(BigDecimal.valueOf((Long) content, 6).toPlainString());
    }
  },
  /** A number of milliseconds since 1970. */
  MILLIS("timestamp(millis)") {
    @Override
    public Fit fit(Value value) {
      return fitNumber(value, 3);
    }

    @Override
    public Value valueOf(Object content) {
      return new Value.N(BigDecimal.valueOf((Long) content, 3).toPlainString());
    }
  };

  private static final Schema SCHEMA =
      LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));

  private final String text;

  TimestampType(String text) {
    this.text = text;
  }

  /** The type with a parameter, such as {@code seconds}; null if there is none. */
  static @Nullable TimestampType with(String parameter) {
    String wanted = "timestamp(" + parameter.toLowerCase(Locale.ROOT) + ")";
    for (TimestampType type : values()) {
      if (type.text.equals(wanted)) {
        return type;
      }
    }
    return null;
  }

  @Override
  public String text() {
    return text;
  }

  @Override
  public Schema avro() {
    return SCHEMA;
  }

  @Override
  public String toString() {
    return text;
  }

  private static Fit fitIso(Value value, Spelling spelling) {
    return value instanceof Value.S string
        ? IsoText.asTime(string.text(), spelling)
        : PlainType.misfit(value);
  }

  /** The number is in microseconds once its point has moved to the right. */
  private static Fit fitNumber(Value value, int places) {
    if (!(value instanceof Value.N number)) {
      return PlainType.misfit(value);
    }
    BigDecimal micros = new BigDecimal(number.number()).movePointRight(places);
    if (micros.scale() > 0) {
      return new Fit.Misfit(Reason.PRECISION);
    }
    BigInteger whole = micros.toBigInteger();
    if (whole.bitLength() >= Long.SIZE
        || whole.longValue() < IsoText.FIRST
        || whole.longValue() >= IsoText.BEYOND) {
      return new Fit.Misfit(Reason.RANGE);
    }
    return new Fit.Exact(whole.longValue());
  }
}
