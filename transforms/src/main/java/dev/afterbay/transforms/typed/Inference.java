package dev.afterbay.transforms.typed;

import dev.afterbay.transforms.image.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Columns for attributes that have none, from the values that were seen. Not thread-safe. */
public final class Inference {
  private static final ColumnType NUMBER = new DecimalType(DecimalType.MOST_DIGITS, 9);

  private final Map<String, ColumnType> types = new LinkedHashMap<>();

  /**
   * Takes note of a value of an attribute without column. What an attribute is first seen to be
   * counts; more attributes than a table has columns are not noted.
   */
  public void observe(String attribute, Value value) {
    if (types.containsKey(attribute) || types.size() >= EntitySchema.MOST_COLUMNS) {
      return;
    }
    ColumnType type = typeOf(value);
    if (type != null && Column.refusal(Column.nameOf(attribute)).isEmpty()) {
      types.put(attribute, type);
    }
  }

  /** Columns for what was seen; none for what no column can hold. */
  public List<Column> columns() {
    List<Column> columns = new ArrayList<>();
    types.forEach((attribute, type) -> columns.add(Column.of(attribute, type)));
    return columns;
  }

  private static @Nullable ColumnType typeOf(Value value) {
    if (value instanceof Value.S) {
      return PlainType.STRING;
    } else if (value instanceof Value.N) {
      return NUMBER;
    } else if (value instanceof Value.Bool) {
      return PlainType.BOOLEAN;
    } else if (value instanceof Value.B) {
      return PlainType.BINARY;
    } else if (value instanceof Value.SS) {
      return new SetType(PlainType.STRING);
    } else if (value instanceof Value.NS) {
      return new SetType(NUMBER);
    } else if (value instanceof Value.BS) {
      return new SetType(PlainType.BINARY);
    } else if (value instanceof Value.Null) {
      return null;
    }
    return PlainType.JSON.fit(value) instanceof Fit.Exact ? PlainType.JSON : null;
  }
}
