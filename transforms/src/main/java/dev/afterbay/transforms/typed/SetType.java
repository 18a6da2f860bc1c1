package dev.afterbay.transforms.typed;

import dev.afterbay.transforms.image.Bytes;
import dev.afterbay.transforms.image.Value;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Sets of strings, of numbers or of bytes, in the order in which they are canonical. */
record SetType(ColumnType member) implements ColumnType {
  static final String MEMBERS = "string, binary, int, bigint, double or decimal(p,s)";

  /** Checks that there are such sets. */
  SetType {
    boolean known =
        member instanceof DecimalType
            || member == PlainType.STRING
            || member == PlainType.BINARY
            || member == PlainType.INT
            || member == PlainType.BIGINT
            || member == PlainType.DOUBLE;
    if (!known) {
      throw new IllegalArgumentException(
          "a set's members are " + MEMBERS + ", not " + member.text());
    }
  }

  @Override
  public String text() {
    return "set<" + member.text() + ">";
  }

  @Override
  public Schema avro() {
    return Schema.createArray(member.avro());
  }

  @Override
  public Fit fit(Value value) {
    if (member == PlainType.STRING) {
      return value instanceof Value.SS strings
          ? new Fit.Exact(strings.members())
          : PlainType.misfit(value);
    }
    if (member == PlainType.BINARY) {
      return value instanceof Value.BS binaries
          ? new Fit.Exact(binaries.members().stream().map(Bytes::asByteBuffer).toList())
          : PlainType.misfit(value);
    }
    if (!(value instanceof Value.NS numbers)) {
      return PlainType.misfit(value);
    }
    List<Object> contents = new ArrayList<>(numbers.members().size());
    Elements elements = new Elements();
    for (String number : numbers.members()) {
      if (!elements.add(member, new Value.N(number), contents)) {
        break;
      }
    }
    return elements.fit(contents);
  }

  @Override
  public Value valueOf(Object content) {
    List<String> texts = new ArrayList<>();
    List<Bytes> binaries = new ArrayList<>();
    for (Object each : (Iterable<?>) content) {
      Value value = member.valueOf(each);
      if (value instanceof Value.B binary) {
        binaries.add(binary.bytes());
      } else if (value instanceof Value.N number) {
        texts.add(number.number());
      } else {
        texts.add(each.toString());
      }
    }
    if (member == PlainType.BINARY) {
      return new Value.BS(binaries);
    }
    return member == PlainType.STRING ? new Value.SS(texts) : new Value.NS(texts);
  }

  @Override
  public String toString() {
    return text();
  }
}
