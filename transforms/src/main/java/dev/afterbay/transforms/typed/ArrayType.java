package dev.afterbay.transforms.typed;

import dev.afterbay.transforms.image.Value;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.Schema;

/** Lists whose elements all have one type. */
record ArrayType(ColumnType element) implements ColumnType {
  @Override
  public String text() {
    return "array<" + element.text() + ">";
  }

  @Override
  public Schema avro() {
    return Schema.createArray(element.avro());
  }

  @Override
  public Fit fit(Value value) {
    if (!(value instanceof Value.L list)) {
      return PlainType.misfit(value);
    }
    List<Object> contents = new ArrayList<>(list.elements().size());
    Elements elements = new Elements();
    for (Value each : list.elements()) {
      if (!elements.add(element, each, contents)) {
        break;
      }
    }
    return elements.fit(contents);
  }

  @Override
  public Value valueOf(Object content) {
    List<Value> elements = new ArrayList<>();
    for (Object each : (Iterable<?>) content) {
      elements.add(element.valueOf(each));
    }
    return new Value.L(elements);
  }

  @Override
  public String toString() {
    return text();
  }
}
