package dev.afterbay.transforms.typed;

import dev.afterbay.transforms.image.Value;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import org.apache.avro.LogicalTypes;
import org.apache.avro.Schema;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericFixed;

/** Numbers with at most so many digits, and so many of them after the point; held exactly. */
final class DecimalType implements ColumnType {
  static final int MOST_DIGITS = 38;

  private final int precision;
  private final int scale;
  private final Schema schema;

  /**
   * The type.
   *
   * @throws IllegalArgumentException if there are no such decimals
   */
  DecimalType(int precision, int scale) {
    if (precision < 1 || precision > MOST_DIGITS || scale < 0 || scale > precision) {
      throw new IllegalArgumentException(
          "decimal(p,s) has 1 to 38 digits p, of which s are after the point, not "
              + text(precision, scale));
    }
    this.precision = precision;
    this.scale = scale;
    this.schema =
        LogicalTypes.decimal(precision, scale)
            .addToSchema(
                Schema.createFixed(
                    "decimal_" + precision + "_" + scale,
                    null,
                    StructType.NAMESPACE,
                    bytes(precision)));
  }

  @Override
  public String text() {
    return text(precision, scale);
  }

  @Override
  public Schema avro() {
    return schema;
  }

  @Override
  public Fit fit(Value value) {
    if (!(value instanceof Value.N number)) {
      return PlainType.misfit(value);
    }
    BigDecimal decimal = new BigDecimal(number.number());
    if (decimal.scale() > scale) {
      return new Fit.Misfit(Reason.PRECISION);
    }
    if (decimal.precision() - decimal.scale() > precision - scale && decimal.signum() != 0) {
      return new Fit.Misfit(Reason.RANGE);
    }
    byte[] digits = decimal.setScale(scale).unscaledValue().toByteArray();
    byte[] content = new byte[schema.getFixedSize()];
    int start = content.length - digits.length;
    if (decimal.signum() < 0) {
      Arrays.fill(content, 0, start, (byte) -1);
    }
    System.arraycopy(digits, 0, content, start, digits.length);
    return new Fit.Exact(new GenericData.Fixed(schema, content));
  }

  @Override
  public Value valueOf(Object content) {
    BigInteger digits = new BigInteger(((GenericFixed) content).bytes());
    return new Value.N(new BigDecimal(digits, scale).toPlainString());
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof DecimalType type && precision == type.precision && scale == type.scale;
  }

  @Override
  public int hashCode() {
    return precision * MOST_DIGITS + scale;
  }

  @Override
  public String toString() {
    return text();
  }

  private static String text(int precision, int scale) {
    return "decimal(" + precision + "," + scale + ")";
  }

  private static int bytes(int precision) {
    return BigInteger.TEN.pow(precision).subtract(BigInteger.ONE).bitLength() / Byte.SIZE + 1;
  }
}
