package dev.afterbay.reconciliation.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.reconciliation.export.ExportException.Kind;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** Reads the two manifests of an export, and holds them against each other and the bucket. */
final class Manifests {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FORMAT = "DYNAMODB_JSON";

  /** As AWS writes them, and as it documents them. */
  private static final List<String> CHECKSUMS = List.of(".md5", ".checksum");

  private final ObjectStore store;

  Manifests(ObjectStore store) {
    this.store = store;
  }

  /** The export, of which every file is there. */
  CompletedExport read(String exportArn, ExportRequest request, ObjectKey summaryKey) {
    JsonNode summary = json(summaryKey, text(summaryKey), "");
    String format = text(summaryKey, summary, "outputFormat");
    if (!FORMAT.equals(format)) {
      throw new ExportException(
          Kind.REFUSED,
          "Export " + exportArn + " is in the format " + format + "; export again in " + FORMAT);
    }
    String told = text(summaryKey, summary, "exportArn");
    if (!told.equals(exportArn)) {
      throw Damage.of(summaryKey, "is of " + told + ", not of " + exportArn);
    }
    List<DataFile> files = files(key(summaryKey, summary, "manifestFilesS3Key"));
    long items = files.stream().mapToLong(DataFile::items).sum();
    if (items != number(summaryKey, summary, "itemCount")) {
      throw Damage.of(
          summaryKey,
          "tells of "
              + summary.get("itemCount")
              + " lines where the files of the export have "
              + items);
    }
    return new CompletedExport(exportArn, request, files, items);
  }

  private List<DataFile> files(ObjectKey manifest) {
    TreeMap<ObjectKey, DataFile> files = new TreeMap<>(Comparator.naturalOrder());
    int number = 0;
    for (String line : text(manifest).lines().toList()) {
      number++;
      if (line.isBlank()) {
        continue;
      }
      JsonNode json = json(manifest, line, "at line " + number + " ");
      DataFile file =
          new DataFile(
              key(manifest, json, "dataFileS3Key"),
              number(manifest, json, "itemCount"),
              text(manifest, json, "md5Checksum"));
      if (files.put(file.key(), file) != null) {
        throw Damage.of(manifest, "names '" + file.key() + "' twice");
      }
    }
    for (ObjectKey key : files.keySet()) {
      if (store.head(key).isEmpty()) {
        throw Damage.missing(key);
      }
    }
    return List.copyOf(files.values());
  }

  private String text(ObjectKey key) {
    byte[] content = store.get(key).orElseThrow(() -> Damage.missing(key));
    told(key)
        .ifPresent(
            told -> {
              byte[] md5 = ObjectInput.md5().digest(content);
              String found = Base64.getEncoder().encodeToString(md5);
              if (!told.equals(found) && !told.equalsIgnoreCase(HexFormat.of().formatHex(md5))) {
                throw Damage.checksum(key, told, found);
              }
            });
    return new String(content, StandardCharsets.UTF_8);
  }

  private Optional<String> told(ObjectKey manifest) {
    String stem = manifest.value().replaceFirst("\\.json$", "");
    return CHECKSUMS.stream()
        .flatMap(ending -> store.get(new ObjectKey(stem + ending)).stream())
        .findFirst()
        .map(content -> new String(content, StandardCharsets.UTF_8).strip());
  }

  private static JsonNode json(ObjectKey key, String text, String place) {
    try {
      JsonNode json = JSON.readTree(text);
      if (!json.isObject()) {
        throw Damage.of(key, place + "is no JSON object");
      }
      return json;
    } catch (JsonProcessingException e) {
      throw Damage.of(key, place + "is no JSON (" + e.getOriginalMessage() + ")", e);
    }
  }

  private static ObjectKey key(ObjectKey manifest, JsonNode json, String field) {
    String value = text(manifest, json, field);
    try {
      return new ObjectKey(value);
    } catch (IllegalArgumentException e) {
      throw Damage.of(manifest, "has no key for its '" + field + "': '" + value + "'", e);
    }
  }

  private static String text(ObjectKey manifest, JsonNode json, String field) {
    JsonNode value = json.get(field);
    if (value == null || !value.isTextual()) {
      throw Damage.of(manifest, "has no text for its '" + field + "'");
    }
    return value.textValue();
  }

  private static long number(ObjectKey manifest, JsonNode json, String field) {
    JsonNode value = json.get(field);
    if (value == null
        || !value.canConvertToLong()
        || !value.isIntegralNumber()
        || value.longValue() < 0) {
      throw Damage.of(manifest, "has no count for its '" + field + "'");
    }
    return value.longValue();
  }
}
