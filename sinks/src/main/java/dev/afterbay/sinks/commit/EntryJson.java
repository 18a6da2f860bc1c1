package dev.afterbay.sinks.commit;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.sinks.commit.protocol.CommitId;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Entry.Ending;
import dev.afterbay.sinks.commit.protocol.Gap;
import dev.afterbay.sinks.commit.protocol.Rewind;
import dev.afterbay.sinks.commit.protocol.Totals;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.Span;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.sinks.tostorage.StagedUpload;
import dev.afterbay.sinks.tostorage.UploadId;
import dev.afterbay.sinks.tostorage.UploadedPart;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.ordering.ShardCursor;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Entries as JSON, in one line each, so that SQL engines can read the log too; files are told by
 * their path within the lake.
 */
final class EntryJson {
  private static final int FORMAT = 1;

  /** A program that knows nothing of epochs must not take a log for shorter than it is. */
  private static final int FORMAT_OF_REWOUND = 2;

  private static final ObjectMapper MAPPER = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final Lake lake;

  EntryJson(Lake lake) {
    this.lake = lake;
  }

  byte[] write(Entry entry) {
    ObjectNode json = NODES.objectNode();
    boolean rewound = entry.epoch() > 0 || entry.rewind().isPresent();
    json.put("format", rewound ? FORMAT_OF_REWOUND : FORMAT);
    json.put("commit", entry.id().value());
    json.put("committedAt", entry.committedAt().toString());
    json.put("table", entry.shard().table().value());
    json.put("stream", entry.shard().stream().value());
    json.put("shard", entry.shard().shard().value());
    json.put("parent", entry.parent().map(ShardId::value).orElse(null));
    if (rewound) {
      json.put("epoch", entry.epoch());
    }
    json.put("after", entry.after().padded());
    json.set("records", entry.span().<JsonNode>map(EntryJson::span).orElse(NODES.nullNode()));
    json.set("gap", entry.gap().<JsonNode>map(GapJson::write).orElse(NODES.nullNode()));
    entry.rewind().ifPresent(rewind -> json.set("rewind", RewindJson.write(rewind, lake)));
    json.put("end", entry.ends());
    json.set("shardTotals", totals(entry.totals()));
    json.set("lineage", lineage(entry.cursor()));
    ObjectNode schemas = json.putObject("schemas");
    new TreeMap<>(entry.schemas()).forEach(schemas::put);
    ArrayNode files = json.putArray("files");
    entry.files().forEach(file -> files.add(file(file)));
    try {
      return MAPPER.writeValueAsBytes(json);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("An entry can always be written", e);
    }
  }

  /**
   * Reads an entry.
   *
   * @throws UnreadableEntryException if the bytes are not an entry
   */
  Entry read(byte[] bytes) throws UnreadableEntryException {
    try {
      JsonNode json = MAPPER.readTree(bytes);
      if (!json.isObject()) {
        throw new UnreadableEntryException("it is not a JSON object", null);
      }
      int format = required(json, "format").asInt();
      if (format != FORMAT && format != FORMAT_OF_REWOUND) {
        throw new UnreadableEntryException(
            "its format is "
                + format
                + " and this program knows "
                + FORMAT_OF_REWOUND
                + " at most: upgrade",
            null);
      }
      return entry(json);
    } catch (IOException | IllegalArgumentException | DateTimeException e) {
      throw new UnreadableEntryException(firstLine(e), e);
    }
  }

  private Entry entry(JsonNode json) {
    JsonNode records = required(json, "records");
    Optional<Span> span = records.isNull() ? Optional.empty() : Optional.of(span(records));
    JsonNode parent = required(json, "parent");
    JsonNode lineage = required(json, "lineage");
    SequenceNumber after = position(json, "after");
    Optional<Gap> gap = Optional.of(json.path("gap")).filter(JsonNode::isObject).map(GapJson::read);
    Optional<Rewind> rewind =
        Optional.of(json.path("rewind"))
            .filter(JsonNode::isObject)
            .map(node -> RewindJson.read(node, lake));
    SequenceNumber last = Entry.last(after, span, gap, rewind);
    Map<String, Integer> schemas = new TreeMap<>();
    required(json, "schemas")
        .properties()
        .forEach(schema -> schemas.put(schema.getKey(), schema.getValue().intValue()));
    List<StagedFile> files = new ArrayList<>();
    required(json, "files").forEach(file -> files.add(file(file)));
    return new Entry(
        new CommitId(text(json, "commit")),
        new StreamShard(
            new TableName(text(json, "table")),
            new StreamLabel(text(json, "stream")),
            new ShardId(text(json, "shard"))),
        parent.isNull() ? Optional.empty() : Optional.of(new ShardId(parent.textValue())),
        json.path("epoch").asInt(0),
        after,
        span,
        gap,
        rewind,
        required(json, "end").booleanValue() ? Ending.SHARD_END : Ending.OPEN,
        new ShardCursor(
            Optional.of(last).filter(position -> !position.equals(Entry.START)),
            time(lineage, "latest"),
            number(lineage, "records"),
            text(lineage, "digest")),
        totals(required(json, "shardTotals")),
        time(json, "committedAt"),
        schemas,
        files);
  }

  private static ObjectNode span(Span span) {
    return NODES
        .objectNode()
        .put("first", span.first().padded())
        .put("last", span.last().padded())
        .put("count", span.records())
        .put("from", span.from().toString())
        .put("to", span.to().toString());
  }

  private static Span span(JsonNode json) {
    return new Span(
        position(json, "first"),
        position(json, "last"),
        number(json, "count"),
        time(json, "from"),
        time(json, "to"));
  }

  private static ObjectNode totals(Totals totals) {
    return NODES
        .objectNode()
        .put("commits", totals.commits())
        .put("records", totals.records())
        .put("from", totals.from().map(Instant::toString).orElse(null))
        .set("tallies", TalliesJson.write(totals.tallies()));
  }

  private static Totals totals(JsonNode json) {
    JsonNode from = required(json, "from");
    return new Totals(
        number(json, "commits"),
        number(json, "records"),
        from.isNull() ? Optional.empty() : Optional.of(Instant.parse(from.textValue())),
        TalliesJson.read(json.path("tallies")));
  }

  private static ObjectNode lineage(ShardCursor cursor) {
    return NODES
        .objectNode()
        .put("records", cursor.records())
        .put("latest", cursor.latest().toString())
        .put("digest", cursor.digest());
  }

  private ObjectNode file(StagedFile file) {
    ObjectNode json =
        NODES
            .objectNode()
            .put("path", lake.pathOf(file.key()))
            .put("rows", file.rows())
            .put("size", file.size())
            .put("upload", file.upload().upload().value());
    ArrayNode parts = json.putArray("parts");
    for (UploadedPart part : file.upload().parts()) {
      parts
          .addObject()
          .put("number", part.number())
          .put("etag", part.etag())
          .put("crc32", part.crc32())
          .put("size", part.size());
    }
    return json;
  }

  private StagedFile file(JsonNode json) {
    List<UploadedPart> parts = new ArrayList<>();
    for (JsonNode part : required(json, "parts")) {
      parts.add(
          new UploadedPart(
              (int) number(part, "number"),
              text(part, "etag"),
              text(part, "crc32"),
              number(part, "size")));
    }
    return new StagedFile(
        new StagedUpload(lake.keyOf(text(json, "path")), new UploadId(text(json, "upload")), parts),
        number(json, "rows"));
  }

  private static SequenceNumber position(JsonNode json, String field) {
    return new SequenceNumber(text(json, field));
  }

  private static Instant time(JsonNode json, String field) {
    return Instant.parse(text(json, field));
  }

  private static String text(JsonNode json, String field) {
    String text = required(json, field).textValue();
    if (text == null) {
      throw new IllegalArgumentException("'" + field + "' is not a text");
    }
    return text;
  }

  private static long number(JsonNode json, String field) {
    JsonNode number = required(json, field);
    if (!number.isIntegralNumber()) {
      throw new IllegalArgumentException("'" + field + "' is not a whole number");
    }
    return number.longValue();
  }

  private static JsonNode required(JsonNode json, String field) {
    JsonNode value = json.get(field);
    if (value == null) {
      throw new IllegalArgumentException("'" + field + "' is missing");
    }
    return value;
  }

  private static String firstLine(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }
}
