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
  ISO("timestamp", Spelling.INSTANT),
  /** ISO text in UTC that always has milliseconds. */
  MILLIS_ISO("timestamp(millis-iso)", Spelling.MILLIS),
  /** ISO text without a zone, which is taken as UTC. */
  LOCAL("timestamp(local)", Spelling.LOCAL),
  /** A number of seconds since 1970. */
  SECONDS("timestamp(seconds)", 6),
  /** A number of milliseconds since 1970. */
  MILLIS("timestamp(millis)", 3);

  private static final Schema SCHEMA =
      LogicalTypes.timestampMicros().addToSchema(Schema.create(Schema.Type.LONG));

  private final String text;

  /** Null of numbers. */
  private final @Nullable Spelling spelling;

  /** How far a number's point is from that of microseconds. */
  private final int places;

  TimestampType(String text, Spelling spelling) {
    this.text = text;
    this.spelling = spelling;
    this.places = 0;
  }

  TimestampType(String text, int places) {
    this.text = text;
    this.spelling = null;
    this.places = places;
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

  @Override
  public Fit fit(Value value) {
    if (spelling == null) {
      return value instanceof Value.N number ? fit(number) : PlainType.misfit(value);
    }
    return value instanceof Value.S string
        ? IsoText.asTime(string.text(), spelling)
        : PlainType.misfit(value);
  }

  @Override
  public Value valueOf(Object content) {
    long micros = (Long) content;
    return spelling == null
        ? new Value.N(BigDecimal.valueOf(micros, places).toPlainString())
        : new Value.S(IsoText.time(micros, spelling));
  }

  /** The number is in microseconds once its point has moved to the right. */
  private Fit fit(Value.N number) {
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
