package dev.afterbay.transforms.typed;

import dev.afterbay.transforms.image.Value;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The narrowest type that holds the values which were seen, with some room for those that were not.
 * Of several DynamoDB types the most frequent one counts. Not thread-safe.
 */
public final class ObservedType {
  /** A map with more attributes than these is no struct. */
  private static final int MOST_FIELDS = 50;

  /** Fractions longer than these come out of binary arithmetic. */
  private static final int LONGEST_FRACTION = 9;

  private static final int LEAST_PRECISION = 18;
  private static final int LEAST_SCALE = 2;
  private static final int HEADROOM = 4;

  private enum Kind {
    S,
    N,
    BOOL,
    B,
    M,
    L,
    SS,
    NS,
    BS,
    NULL
  }

  private final long[] counts = new long[Kind.values().length];

  private long days;
  private long instants;
  private long millis;
  private long locals;

  private boolean fitsLong = true;
  private boolean fitsDouble = true;
  private int wholeDigits;
  private int fractionDigits;

  private boolean plainJson = true;
  private boolean manyFields;
  private final Map<String, ObservedType> fields = new LinkedHashMap<>();
  private @Nullable ObservedType elements;

  /** How many values were seen. */
  public long values() {
    long values = 0;
    for (long count : counts) {
      values += count;
    }
    return values;
  }

  /** Takes note of a value. */
  public void add(Value value) {
    counts[kind(value).ordinal()]++;
    if (value instanceof Value.S string) {
      addText(string);
    } else if (value instanceof Value.N number) {
      addNumber(number.number());
    } else if (value instanceof Value.NS numbers) {
      numbers.members().forEach(this::addNumber);
    } else if (value instanceof Value.L list) {
      plainJson = plainJson && isExact(PlainType.JSON, list);
      list.elements().forEach(element -> elements().add(element));
    } else if (value instanceof Value.M map) {
      plainJson = plainJson && isExact(PlainType.JSON, map);
      map.attributes().attributes().forEach(this::addField);
    }
  }

  /** Takes note of all that the other has seen. */
  public void addAll(ObservedType other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
    }
    days += other.days;
    instants += other.instants;
    millis += other.millis;
    locals += other.locals;
    fitsLong &= other.fitsLong;
    fitsDouble &= other.fitsDouble;
    wholeDigits = Math.max(wholeDigits, other.wholeDigits);
    fractionDigits = Math.max(fractionDigits, other.fractionDigits);
    plainJson &= other.plainJson;
    manyFields |= other.manyFields;
    if (other.elements != null) {
      elements().addAll(other.elements);
    }
    other.fields.forEach(
        (name, field) -> {
          if (hasRoomFor(name)) {
            fields.computeIfAbsent(name, each -> new ObservedType()).addAll(field);
          }
        });
  }

  /** The type; empty if no column can hold such values. */
  public Optional<ColumnType> type() {
    Kind most = Kind.NULL;
    for (Kind kind : Kind.values()) {
      boolean more = most == Kind.NULL || count(kind) > count(most);
      if (kind != Kind.NULL && count(kind) > 0 && more) {
        most = kind;
      }
    }
    return switch (most) {
      case S -> Optional.of(text());
      case N -> Optional.of(number());
      case BOOL -> Optional.of(PlainType.BOOLEAN);
      case B -> Optional.of(PlainType.BINARY);
      case M -> map();
      case L -> list();
      case SS -> Optional.of(new SetType(PlainType.STRING));
      case NS -> Optional.of(new SetType(number()));
      case BS -> Optional.of(new SetType(PlainType.BINARY));
      case NULL -> Optional.empty();
    };
  }

  private void addText(Value.S string) {
    days += isExact(PlainType.DATE, string) ? 1 : 0;
    instants += isExact(TimestampType.ISO, string) ? 1 : 0;
    millis += isExact(TimestampType.MILLIS_ISO, string) ? 1 : 0;
    locals += isExact(TimestampType.LOCAL, string) ? 1 : 0;
  }

  private void addNumber(String number) {
    Value.N value = new Value.N(number);
    fitsLong = fitsLong && isExact(PlainType.BIGINT, value);
    fitsDouble = fitsDouble && isExact(PlainType.DOUBLE, value);
    int sign = number.startsWith("-") ? 1 : 0;
    int point = number.indexOf('.');
    int whole = (point < 0 ? number.length() : point) - sign;
    wholeDigits = Math.max(wholeDigits, whole);
    fractionDigits = Math.max(fractionDigits, point < 0 ? 0 : number.length() - point - 1);
  }

  private void addField(String name, Value value) {
    if (hasRoomFor(name)) {
      fields.computeIfAbsent(name, each -> new ObservedType()).add(value);
    }
  }

  private boolean hasRoomFor(String field) {
    boolean room = fields.size() < MOST_FIELDS || fields.containsKey(field);
    manyFields |= !room;
    return room;
  }

  private ObservedType elements() {
    ObservedType known = elements;
    if (known == null) {
      known = new ObservedType();
      elements = known;
    }
    return known;
  }

  private ColumnType text() {
    long texts = count(Kind.S);
    if (days == texts) {
      return PlainType.DATE;
    } else if (instants == texts) {
      return TimestampType.ISO;
    } else if (millis == texts) {
      return TimestampType.MILLIS_ISO;
    }
    return locals == texts ? TimestampType.LOCAL : PlainType.STRING;
  }

  private ColumnType number() {
    int most = DecimalType.MOST_DIGITS;
    if (fitsLong) {
      return PlainType.BIGINT;
    } else if (fractionDigits > LONGEST_FRACTION && fitsDouble) {
      return PlainType.DOUBLE;
    } else if (fractionDigits == 0) {
      return new DecimalType(most, 0);
    }
    int scale = Math.min(Math.max(LEAST_SCALE, fractionDigits), Math.max(0, most - wholeDigits));
    int precision = Math.max(LEAST_PRECISION, wholeDigits + HEADROOM + scale);
    return new DecimalType(Math.min(most, precision), scale);
  }

  private Optional<ColumnType> list() {
    ObservedType all = elements;
    if (all != null && all.isOfOneKind()) {
      Optional<ColumnType> element = all.type();
      if (element.isPresent()) {
        return element.map(ArrayType::new);
      }
    }
    return json();
  }

  private Optional<ColumnType> map() {
    if (manyFields) {
      return json();
    }
    Map<String, ColumnType> types = new LinkedHashMap<>();
    Set<String> names = new TreeSet<>();
    fields.forEach(
        (name, field) -> {
          boolean always = field.values() == count(Kind.M) && field.isOfOneKind();
          if (always && Column.isPlain(name) && names.add(name.toLowerCase(Locale.ROOT))) {
            field.type().ifPresent(type -> types.put(name, type));
          }
        });
    if (!types.isEmpty() && types.size() == fields.size()) {
      return Optional.of(new StructType(types));
    }
    return plainJson ? json() : mapOfOneType();
  }

  private Optional<ColumnType> mapOfOneType() {
    ObservedType all = new ObservedType();
    fields.values().forEach(all::addAll);
    return all.isOfOneKind() ? all.type().map(MapType::new) : Optional.empty();
  }

  private Optional<ColumnType> json() {
    return plainJson ? Optional.of(PlainType.JSON) : Optional.empty();
  }

  private boolean isOfOneKind() {
    int kinds = 0;
    for (long count : counts) {
      kinds += count > 0 ? 1 : 0;
    }
    return kinds == 1;
  }

  private long count(Kind kind) {
    return counts[kind.ordinal()];
  }

  private static boolean isExact(ColumnType type, Value value) {
    return type.fit(value) instanceof Fit.Exact;
  }

  private static Kind kind(Value value) {
    if (value instanceof Value.S) {
      return Kind.S;
    } else if (value instanceof Value.N) {
      return Kind.N;
    } else if (value instanceof Value.Bool) {
      return Kind.BOOL;
    } else if (value instanceof Value.B) {
      return Kind.B;
    } else if (value instanceof Value.M) {
      return Kind.M;
    } else if (value instanceof Value.L) {
      return Kind.L;
    } else if (value instanceof Value.SS) {
      return Kind.SS;
    } else if (value instanceof Value.NS) {
      return Kind.NS;
    }
    return value instanceof Value.BS ? Kind.BS : Kind.NULL;
  }
}
