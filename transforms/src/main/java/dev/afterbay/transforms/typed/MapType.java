package dev.afterbay.transforms.typed;

import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.avro.Schema;

/** Maps with any keys whose values all have one type. */
record MapType(ColumnType values) implements ColumnType {
  @Override
  public String text() {
    return "map<string," + values.text() + ">";
  }

  @Override
  public Schema avro() {
    return Schema.createMap(values.avro());
  }

  @Override
  public Fit fit(Value value) {
    if (!(value instanceof Value.M map)) {
      return PlainType.misfit(value);
    }
    Map<String, Object> contents = new LinkedHashMap<>();
    Elements elements = new Elements();
    for (Map.Entry<String, Value> entry : map.attributes().attributes().entrySet()) {
      Object content = elements.content(values, entry.getValue());
      if (content == null) {
        break;
      }
      contents.put(entry.getKey(), content);
    }
    return elements.fit(contents);
  }

  @Override
  public Value valueOf(Object content) {
    Map<String, Value> attributes = new HashMap<>();
    for (Map.Entry<?, ?> entry : ((Map<?, ?>) content).entrySet()) {
      attributes.put(entry.getKey().toString(), values.valueOf(entry.getValue()));
    }
    return new Value.M(new Item(attributes));
  }

  @Override
  public String toString() {
    return text();
  }
}
