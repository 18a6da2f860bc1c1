package dev.afterbay.local.export;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ExportDescription;
import software.amazon.awssdk.services.dynamodb.model.ExportStatus;
import software.amazon.awssdk.services.s3.S3Client;

/** A finished export as a client finds it in its bucket, every checksum and count looked at. */
record ReadExport(S3Client s3, ExportDescription export, JsonNode summary, List<JsonNode> files) {

  static ExportDescription ended(DynamoDbClient dynamo, String arn) {
    return await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () -> dynamo.describeExport(r -> r.exportArn(arn)).exportDescription(),
            told -> told.exportStatus() != ExportStatus.IN_PROGRESS);
  }

  static ReadExport of(S3Client s3, ExportDescription export) {
    assertThat(export.exportStatus()).as(export.toString()).isEqualTo(ExportStatus.COMPLETED);
    byte[] summary = checked(s3, export.s3Bucket(), export.exportManifest());
    JsonNode told = ExportJson.read(summary);
    byte[] list = checked(s3, export.s3Bucket(), told.path("manifestFilesS3Key").asText());
    List<JsonNode> files =
        new String(list, StandardCharsets.UTF_8)
            .lines()
            .map(line -> ExportJson.read(line.getBytes(StandardCharsets.UTF_8)))
            .toList();
    return new ReadExport(s3, export, told, files);
  }

  private static byte[] checked(S3Client s3, String bucket, String key) {
    byte[] content = get(s3, bucket, key);
    String sum = key.replace(".json", ".md5");
    assertThat(new String(get(s3, bucket, sum), StandardCharsets.UTF_8)).isEqualTo(md5(content));
    return content;
  }

  List<JsonNode> lines() {
    List<JsonNode> lines = new ArrayList<>();
    for (JsonNode file : files) {
      byte[] packed = get(s3, export.s3Bucket(), file.path("dataFileS3Key").asText());
      assertThat(md5(packed)).isEqualTo(file.path("md5Checksum").asText());
      List<String> texts = new String(unpacked(packed), StandardCharsets.UTF_8).lines().toList();
      assertThat(texts).hasSize(file.path("itemCount").asInt());
      texts.forEach(text -> lines.add(ExportJson.read(text.getBytes(StandardCharsets.UTF_8))));
    }
    assertThat(lines)
        .hasSize(summary.path("itemCount").asInt())
        .hasSize(export.itemCount().intValue());
    return lines;
  }

  /** The value {@code V} of each key of a full export. */
  Map<String, String> state() {
    Map<String, String> state = new TreeMap<>();
    lines().forEach(l -> state.put(l.at("/Item/PK/S").asText(), l.at("/Item/V/S").asText()));
    return state;
  }

  /** {@code old>new} of each key of an incremental export. */
  Map<String, String> changes() {
    Map<String, String> changes = new TreeMap<>();
    lines()
        .forEach(
            l ->
                changes.put(
                    l.at("/Keys/PK/S").asText(),
                    l.at("/OldImage/V/S").asText() + ">" + l.at("/NewImage/V/S").asText()));
    return changes;
  }

  private static byte[] get(S3Client s3, String bucket, String key) {
    return s3.getObjectAsBytes(r -> r.bucket(bucket).key(key)).asByteArray();
  }

  private static byte[] unpacked(byte[] packed) {
    try (GZIPInputStream in = new GZIPInputStream(new ByteArrayInputStream(packed))) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String md5(byte[] content) {
    try {
      return Base64.getEncoder().encodeToString(MessageDigest.getInstance("MD5").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
