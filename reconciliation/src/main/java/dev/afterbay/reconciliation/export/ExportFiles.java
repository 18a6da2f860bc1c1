package dev.afterbay.reconciliation.export;

import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.PutAnswer;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPOutputStream;

/** Writes the files of an export as AWS lays them out; small exports only. */
final class ExportFiles {
  /** As many as a small table has partitions, so that some are empty. */
  private static final int FILES = 4;

  private final ObjectStore store;

  ExportFiles(ObjectStore store) {
    this.store = store;
  }

  static String line(Item item) {
    return "{\"Item\":" + Image.of(item).json() + "}";
  }

  static String line(NetChange change) {
    long micros = ChronoUnit.MICROS.between(Instant.EPOCH, change.writtenAt());
    StringBuilder line =
        new StringBuilder("{\"Metadata\":{\"WriteTimestampMicros\":{\"N\":\"")
            .append(micros)
            .append("\"}},\"Keys\":")
            .append(Image.of(change.keys()).json());
    change.oldImage().ifPresent(old -> line.append(",\"OldImage\":").append(Image.of(old).json()));
    change.newImage().ifPresent(now -> line.append(",\"NewImage\":").append(Image.of(now).json()));
    return line.append('}').toString();
  }

  /** The key of the manifest. */
  ObjectKey write(ExportRequest request, String exportArn, List<String> lines) {
    String id = exportArn.substring(exportArn.lastIndexOf('/') + 1);
    String prefix = request.place().prefix();
    String root = (prefix.isEmpty() ? "" : prefix + "/") + "AWSDynamoDB/";
    boolean full = request.window() instanceof Window.Full;
    StringBuilder manifest = new StringBuilder();
    for (int file = 0; file < FILES; file++) {
      int remainder = file;
      List<String> own =
          lines.stream()
              .filter(line -> Math.floorMod(line.hashCode(), FILES) == remainder)
              .toList();
      String key = root + (full ? id + "/data/" : "data/") + id + "-" + file + ".json.gz";
      byte[] content = gzip(own);
      put(key, content);
      manifest.append(
          String.format(
              Locale.ROOT,
              "{\"itemCount\":%d,\"md5Checksum\":\"%s\",\"etag\":\"%s-1\",\"dataFileS3Key\":\"%s\"}\n",
              own.size(),
              md5(content),
              id,
              key));
    }
    String files = root + id + "/manifest-files";
    putWithChecksum(files, manifest.toString());
    String summary = root + id + "/manifest-summary";
    putWithChecksum(
        summary,
        String.format(
            Locale.ROOT,
            "{\"version\":\"%s\",\"exportArn\":\"%s\",\"tableArn\":\"%s\",\"manifestFilesS3Key\":\"%s.json\","
                + "\"itemCount\":%d,\"outputFormat\":\"DYNAMODB_JSON\"}",
            full ? "2020-06-30" : "2023-08-01",
            exportArn,
            request.tableArn(),
            files,
            lines.size()));
    return new ObjectKey(summary + ".json");
  }

  static byte[] gzip(List<String> lines) {
    ByteArrayOutputStream content = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(content)) {
      for (String line : lines) {
        gzip.write(line.getBytes(StandardCharsets.UTF_8));
        gzip.write('\n');
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return content.toByteArray();
  }

  static String md5(byte[] content) {
    return Base64.getEncoder().encodeToString(ObjectInput.md5().digest(content));
  }

  private void putWithChecksum(String stem, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    put(stem + ".json", content);
    put(stem + ".md5", md5(content).getBytes(StandardCharsets.UTF_8));
  }

  private void put(String key, byte[] content) {
    if (!(store.putIfAbsent(new ObjectKey(key), content) instanceof PutAnswer.Created)) {
      throw new IllegalStateException("An export was written before: " + key);
    }
  }
}
