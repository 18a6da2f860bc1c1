package dev.afterbay.consumer.query;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.StreamWriteFeature;
import com.fasterxml.jackson.core.util.MinimalPrettyPrinter;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints an answer as a JSON array of objects, one object a line, with no cell cut. */
final class JsonOutput implements Answer {
  private final PrintWriter out;
  private final JsonGenerator json;
  private List<Column> columns = List.of();
  private boolean first = true;

  JsonOutput(PrintWriter out) {
    this.out = out;
    try {
      this.json =
          JsonFactory.builder()
              .enable(StreamWriteFeature.WRITE_BIGDECIMAL_AS_PLAIN)
              .disable(StreamWriteFeature.AUTO_CLOSE_TARGET)
              .build()
              .createGenerator(out)
              // One object follows the other as a value of its own: commas are written here.
              .setPrettyPrinter(new MinimalPrettyPrinter(""));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void begin(List<Column> described) {
    columns = described;
    out.print("[");
  }

  @Override
  public void row(List<@Nullable Object> cells) {
    out.print(first ? "\n" : ",\n");
    first = false;
    try {
      json.writeStartObject();
      for (int i = 0; i < cells.size(); i++) {
        json.writeFieldName(columns.get(i).name());
        write(cells.get(i));
      }
      json.writeEndObject();
      json.flush();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void end() {
    out.println(first ? "]" : "\n]");
    out.flush();
  }

  private void write(@Nullable Object cell) throws IOException {
    if (cell == null) {
      json.writeNull();
    } else if (cell instanceof Boolean truth) {
      json.writeBoolean(truth);
    } else if (cell instanceof Number number) {
      write(number);
    } else if (cell instanceof RawJson raw) {
      json.writeRawValue(raw.json());
    } else if (cell instanceof List<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        write(item);
      }
      json.writeEndArray();
    } else if (cell instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(String.valueOf(entry.getKey()));
        write(entry.getValue());
      }
      json.writeEndObject();
    } else {
      json.writeString(cell.toString());
    }
  }

  private void write(Number number) throws IOException {
    if (number instanceof BigDecimal decimal) {
      json.writeNumber(decimal);
    } else if (number instanceof BigInteger integer) {
      json.writeNumber(integer);
    } else if (number instanceof Double || number instanceof Float) {
      json.writeNumber(number.doubleValue());
    } else {
      json.writeNumber(number.longValue());
    }
  }
}
