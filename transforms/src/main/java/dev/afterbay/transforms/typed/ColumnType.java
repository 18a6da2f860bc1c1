package dev.afterbay.transforms.typed;

import dev.afterbay.transforms.image.Value;
import org.apache.avro.Schema;

/** The type of a column, and which values it can hold exactly. */
public sealed interface ColumnType
    permits PlainType, DecimalType, TimestampType, ArrayType, SetType, MapType, StructType {
  /**
   * Reads a type as the configuration spells it, such as {@code decimal(12,2)}.
   *
   * @throws IllegalArgumentException if there is no such type, with those that there are
   */
  static ColumnType parse(String text) {
    return new TypeText(text).read();
  }

  /** The type as the configuration spells it; {@link #parse} gives back an equal one. */
  String text();

  /** The Avro schema of a value that is not null. Equal types have equal schemas. */
  Schema avro();

  /** What the column holds of a value. */
  Fit fit(Value value);

  /** The value that a column's content stands for; the content is not null. */
  Value valueOf(Object content);

  /** What the column holds of a text that a template captured: exactly that text, or nothing. */
  default Fit fitText(String text) {
    if (fit(new Value.S(text)) instanceof Fit.Exact exact) {
      return exact;
    }
    Value.N number = NumberText.canonical(text);
    return number != null && fit(number) instanceof Fit.Exact exact
        ? exact
        : new Fit.Misfit(Reason.TEMPLATE);
  }

  /** The text that {@link #fitText} took in. */
  default String textOf(Object content) {
    Value value = valueOf(content);
    return value instanceof Value.N number ? number.number() : ((Value.S) value).text();
  }
}
