package dev.afterbay.local.deploy;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What IAM is asked for each call: by AWS's Service Authorization Reference, and what AWS does in
 * the caller's name by the guides of the services.
 *
 * @param account where tables, catalog and workgroup are, as ARNs have it: {@code
 *     us-east-1:000000000000}
 * @param lakeKey encrypts what is written to buckets
 * @param tableKey encrypts the source table
 * @param results the bucket and the folder of Athena's results
 * @param source the source table
 * @param database in the catalog
 */
public record Needs(
    String account,
    String lakeKey,
    String tableKey,
    String results,
    String source,
    String database) {
  /** Actions that do not bear the name of the operation. */
  private static final Map<String, String> ACTIONS =
      Map.ofEntries(
          Map.entry("HeadBucket", "ListBucket"),
          Map.entry("ListObjectsV2", "ListBucket"),
          Map.entry("HeadObject", "GetObject"),
          Map.entry("CreateMultipartUpload", "PutObject"),
          Map.entry("UploadPart", "PutObject"),
          Map.entry("CompleteMultipartUpload", "PutObject"),
          Map.entry("ListMultipartUploads", "ListBucketMultipartUploads"),
          Map.entry("ListParts", "ListMultipartUploadParts"),
          Map.entry("GetPublicAccessBlock", "GetBucketPublicAccessBlock"),
          Map.entry("GetBucketLifecycleConfiguration", "GetLifecycleConfiguration"),
          Map.entry("GetBucketEncryption", "GetEncryptionConfiguration"));

  /** What one call needs. */
  public List<Permission> of(RecordedCall call) {
    return switch (call.service()) {
      case "S3" -> objects(call);
      case "DynamoDb", "DynamoDbStreams" -> tables(call);
      case "Glue" -> catalog(call);
      case "Athena" -> queries(call);
      case "SecretsManager" ->
          List.of(new Permission("secretsmanager:" + call.operation(), call.field("SecretId")));
      default -> throw new IllegalArgumentException("What " + call + " needs, is not known here");
    };
  }

  private List<Permission> objects(RecordedCall call) {
    if (call.operation().equals("CopyObject")) {
      return copy(call);
    }
    if (call.operation().equals("ListObjectVersions")) {
      return versions(call);
    }
    String action = ACTIONS.getOrDefault(call.operation(), call.operation());
    String bucket = "arn:aws:s3:::" + call.field("Bucket");
    if (!call.has("Key")) {
      return List.of(new Permission("s3:" + action, bucket));
    }
    Permission itself = new Permission("s3:" + action, bucket + "/" + call.field("Key"));
    return switch (action) {
      // Whoever begins an upload has to be able to drop it, which a lost race makes necessary.
      case "PutObject" -> {
        List<Permission> needs = new ArrayList<>(written(itself));
        if (call.operation().equals("CreateMultipartUpload")) {
          needs.add(new Permission("s3:AbortMultipartUpload", itself.resource()));
        }
        yield needs;
      }
      case "GetObject" -> List.of(itself, new Permission("kms:Decrypt", lakeKey));
      default -> List.of(itself);
    };
  }

  /** Whoever lists versions deletes them, which stand-ins have none of. */
  private static List<Permission> versions(RecordedCall call) {
    String bucket = "arn:aws:s3:::" + call.field("Bucket");
    String prefix = bucket + "/" + call.field("Prefix");
    List<Permission> needs = new ArrayList<>();
    needs.add(new Permission("s3:ListBucketVersions", bucket));
    (prefix.endsWith("/")
            ? Stream.of(prefix + "*/dt=*", prefix + "*/snapshot=*")
            : Stream.of(prefix))
        .forEach(objects -> needs.add(new Permission("s3:DeleteObjectVersion", objects)));
    return needs;
  }

  /** The parts of an upload are put together again with the key that they were written with. */
  private List<Permission> written(Permission itself) {
    return List.of(
        itself,
        new Permission("kms:GenerateDataKey", lakeKey),
        new Permission("kms:Decrypt", lakeKey));
  }

  private List<Permission> copy(RecordedCall call) {
    String from =
        "arn:aws:s3:::"
            + (call.has("SourceBucket")
                ? call.field("SourceBucket") + "/" + call.field("SourceKey")
                : URLDecoder.decode(call.field("CopySource"), StandardCharsets.UTF_8));
    String to =
        "arn:aws:s3:::" + call.field("DestinationBucket") + "/" + call.field("DestinationKey");
    List<Permission> needs = new ArrayList<>(written(new Permission("s3:PutObject", to)));
    needs.add(new Permission("s3:GetObject", from));
    return needs;
  }

  private List<Permission> tables(RecordedCall call) {
    String action = "dynamodb:" + call.operation();
    Optional<String> arn =
        Stream.of("StreamArn", "ExportArn", "TableArn")
            .filter(call::has)
            .map(call::field)
            .findFirst();
    List<Permission> needs = new ArrayList<>();
    if (arn.isPresent()) {
      needs.add(new Permission(action, arn.get()));
    } else {
      String table = "arn:aws:dynamodb:" + account + ":table/" + call.field("TableName");
      needs.add(
          new Permission(
              action, call.has("IndexName") ? table + "/index/" + call.field("IndexName") : table));
    }
    if (call.operation().equals("GetRecords") || isReadOfSource(call)) {
      needs.add(new Permission("kms:Decrypt", tableKey));
    }
    if (call.operation().equals("ExportTableToPointInTime")) {
      needs.addAll(export(call));
    }
    return needs;
  }

  private boolean isReadOfSource(RecordedCall call) {
    return List.of("GetItem", "Scan").contains(call.operation())
        && call.field("TableName").equals(source);
  }

  /** DynamoDB writes an export in the name of whoever asks for it. */
  private List<Permission> export(RecordedCall call) {
    if (!call.has("S3Prefix")) {
      // The one of a moment that no recovery reaches, by which the permission is tried: it writes
      // nothing.
      return List.of();
    }
    String objects =
        "arn:aws:s3:::" + call.field("S3Bucket") + "/" + call.field("S3Prefix") + "/AWSDynamoDB/*";
    return List.of(
        new Permission("s3:AbortMultipartUpload", objects),
        new Permission("s3:PutObject", objects),
        new Permission("s3:PutObjectAcl", objects),
        new Permission("kms:Decrypt", tableKey),
        new Permission("kms:Decrypt", lakeKey),
        new Permission("kms:GenerateDataKey", lakeKey));
  }

  /** Glue asks for everything above a table as well. */
  private List<Permission> catalog(RecordedCall call) {
    String prefix = "arn:aws:glue:" + account + ":";
    String action = "glue:" + call.operation();
    boolean isOfDatabase = call.operation().endsWith("Database");
    String named = call.field(isOfDatabase ? "Name" : "DatabaseName");
    List<Permission> needs = new ArrayList<>();
    needs.add(new Permission(action, prefix + "catalog"));
    needs.add(new Permission(action, prefix + "database/" + named));
    if (!isOfDatabase) {
      String table = call.fields().getOrDefault("Name", "*");
      needs.add(new Permission(action, prefix + "table/" + named + "/" + table));
    }
    return needs;
  }

  /** Athena reads the catalog, makes views in it and writes results in the name of the caller. */
  private List<Permission> queries(RecordedCall call) {
    if (!call.has("WorkGroup")) {
      // Of a query that nobody made, by which the permission is tried.
      return List.of();
    }
    String workgroup = "arn:aws:athena:" + account + ":workgroup/" + call.field("WorkGroup");
    List<Permission> needs = new ArrayList<>();
    needs.add(new Permission("athena:" + call.operation(), workgroup));
    if (call.operation().equals("StartQueryExecution")) {
      String bucket = "arn:aws:s3:::" + results.substring(0, results.indexOf('/'));
      String objects = "arn:aws:s3:::" + results + "/*";
      needs.add(new Permission("glue:GetDatabase", "arn:aws:glue:" + account + ":catalog"));
      needs.add(
          new Permission("glue:GetDatabase", "arn:aws:glue:" + account + ":database/" + database));
      needs.add(new Permission("s3:GetBucketLocation", bucket));
      needs.add(new Permission("s3:ListBucket", bucket));
      for (String action :
          List.of("AbortMultipartUpload", "GetObject", "ListMultipartUploadParts", "PutObject")) {
        needs.add(new Permission("s3:" + action, objects));
      }
      needs.add(new Permission("kms:Decrypt", lakeKey));
      needs.add(new Permission("kms:GenerateDataKey", lakeKey));
    }
    return needs;
  }
}
