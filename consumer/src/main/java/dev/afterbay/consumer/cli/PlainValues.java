package dev.afterbay.consumer.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.time.temporal.Temporal;
import net.logstash.logback.decorate.JsonFactoryDecorator;

/**
 * Has the log's JSON show values as its text does: a shard is its name, not an object with a name.
 * Named in {@code log-json.xml}.
 */
public final class PlainValues implements JsonFactoryDecorator {
  /** For the log's set-up. */
  public PlainValues() {}

  @Override
  public JsonFactory decorate(JsonFactory factory) {
    ObjectMapper mapper = (ObjectMapper) factory.getCodec();
    mapper.registerModule(
        new SimpleModule("plain-values")
            .addSerializer(Record.class, ToStringSerializer.instance)
            .addSerializer(Temporal.class, ToStringSerializer.instance));
    return factory;
  }
}
