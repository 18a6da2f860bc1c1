package dev.afterbay.local.export;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;

/**
 * The objects of an export, as "DynamoDB table export output format" of the developer guide shows
 * them: {@code _started} first, then data files, the list of them, and the summary last, each of
 * the two with the base64 of its MD5 beside it. Version 2020-06-30 of the summary is that of full
 * exports, 2023-08-01 that of incremental ones.
 */
final class ExportFiles {
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'", Locale.ROOT)
          .withZone(ZoneOffset.UTC);

  private final ExportStore store;
  private final int files;
  private final InstantSource clock;

  ExportFiles(ExportStore store, int files, InstantSource clock) {
    this.store = store;
    this.files = files;
    this.clock = clock;
  }

  void begin(Export export) {
    put(export, export.folder() + "_started", new byte[0]);
  }

  Export.State.Completed complete(Export export) {
    List<DataFile> parts = Stream.generate(DataFile::new).limit(files).toList();
    List<ExportLine> lines = export.order().coverage().lines(export.table().history().get());
    for (ExportLine line : lines) {
      parts.get(Math.floorMod(line.keys().hashCode(), files)).add(line);
    }
    ByteArrayOutputStream list = new ByteArrayOutputStream();
    for (DataFile part : parts) {
      byte[] content = part.content();
      String key = export.dataFolder() + name() + ".json.gz";
      ObjectNode entry =
          ExportJson.object().put("itemCount", part.items()).put("md5Checksum", md5(content));
      entry.put("etag", put(export, key, content)).put("dataFileS3Key", key);
      list.writeBytes(ExportJson.write(entry));
      list.write('\n');
    }
    Export.State.Completed completed =
        new Export.State.Completed(
            clock.instant(), lines.size(), parts.stream().mapToLong(DataFile::bytes).sum());
    manifest(export, "manifest-files", list.toByteArray());
    manifest(export, "manifest-summary", ExportJson.write(summary(export, completed)));
    return completed;
  }

  private static ObjectNode summary(Export export, Export.State.Completed completed) {
    ExportOrder order = export.order();
    boolean full = order.coverage() instanceof Coverage.Full;
    ObjectNode summary =
        ExportJson.object()
            .put("version", full ? "2020-06-30" : "2023-08-01")
            .put("exportArn", export.arn())
            .put("startTime", time(export.started()))
            .put("endTime", time(completed.ended()))
            .put("tableArn", export.table().arn())
            .put("tableId", export.table().id());
    if (order.coverage() instanceof Coverage.Full state) {
      summary.put("exportTime", time(state.at()));
    } else if (order.coverage() instanceof Coverage.Window window) {
      summary.put("exportFromTime", time(window.from())).put("exportToTime", time(window.to()));
    }
    summary
        .put("s3Bucket", order.bucket())
        .put("s3Prefix", order.prefix())
        .put("s3SseAlgorithm", order.sse().orElse("AES256"))
        .put("s3SseKmsKeyId", order.sseKey().orElse(null))
        .put("manifestFilesS3Key", export.folder() + "manifest-files.json")
        .put("billedSizeBytes", completed.bytes())
        .put("itemCount", completed.items())
        .put("outputFormat", "DYNAMODB_JSON");
    if (order.coverage() instanceof Coverage.Window window) {
      summary.put("outputView", window.view()).put("exportType", order.type());
    }
    return summary;
  }

  private void manifest(Export export, String name, byte[] content) {
    byte[] sum = md5(content).getBytes(StandardCharsets.US_ASCII);
    put(export, export.folder() + name + ".json", content);
    put(export, export.folder() + name + ".md5", sum);
  }

  private String put(Export export, String key, byte[] content) {
    return store.put(export.order().bucket(), key, content);
  }

  private static String time(Instant time) {
    return TIME.format(time);
  }

  private static String name() {
    return UUID.randomUUID().toString().replace("-", "").substring(0, 26);
  }

  private static String md5(byte[] content) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5", e);
    }
  }

  /** The lines that belong to one partition of the table, packed when all are there. */
  private static final class DataFile {
    private final List<byte[]> lines = new ArrayList<>();
    private long bytes;

    void add(ExportLine line) {
      byte[] json = ExportJson.write(line.json());
      lines.add(json);
      bytes += json.length;
    }

    int items() {
      return lines.size();
    }

    long bytes() {
      return bytes;
    }

    byte[] content() {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      try (OutputStream gzip = new GZIPOutputStream(out)) {
        for (byte[] line : lines) {
          gzip.write(line);
          gzip.write('\n');
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
      return out.toByteArray();
    }
  }
}
