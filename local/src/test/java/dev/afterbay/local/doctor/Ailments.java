package dev.afterbay.local.doctor;

import static dev.afterbay.local.doctor.Ailment.failing;
import static dev.afterbay.local.doctor.Ailment.warned;

import java.time.Duration;
import java.util.stream.Stream;
import software.amazon.awssdk.services.dynamodb.model.StreamViewType;

/** Everything that a set-up is known to suffer from. */
final class Ailments {
  private Ailments() {}

  static Stream<Ailment> ofTables() {
    return Stream.of(
        failing(
            "no such table",
            w -> w.edit("name: Orders", "name: Other"),
            "table",
            "does not exist in us-east-1",
            "correct 'tables' or 'region'"),
        failing(
            "the table may not be described",
            w -> w.dynamodb.deny("DescribeTable", "\"" + w.table() + "\""),
            "table",
            "Access denied",
            "{\"Effect\":\"Allow\",\"Action\":\"dynamodb:DescribeTable\",\"Resource\":"
                + "\"arn:aws:dynamodb:us-east-1:000000000000:table/Orders-"),
        failing(
            "no stream",
            w -> w.replace(w.table(), w.source(w.table())),
            "stream",
            "has no stream",
            "StreamEnabled=true,StreamViewType=NEW_AND_OLD_IMAGES --endpoint-url http://127."),
        failing(
            "a stream of keys alone",
            w ->
                w.replace(
                    w.table(),
                    w.source(w.table())
                        .streamSpecification(s -> Ward.stream(s, StreamViewType.KEYS_ONLY))),
            "stream",
            "has view type KEYS_ONLY",
            "StreamEnabled=false --endpoint-url http://127."),
        failing(
            "records may not be read",
            w -> w.dynamodb.deny("GetRecords"),
            "stream access",
            "Access denied: dynamodb:GetRecords",
            "\"Action\":\"dynamodb:GetRecords\",\"Resource\":"
                + "\"arn:aws:dynamodb:us-east-1:000000000000:table/Orders-"),
        failing(
            "the table's key may not be used",
            w ->
                w.dynamodb.denySaying(
                    "GetRecords",
                    "User: x is not authorized to perform: kms:Decrypt on resource:"
                        + " arn:aws:kms:us-east-1:000000000000:key/abc"),
            "stream access",
            "Access denied: kms:Decrypt",
            "\"Resource\":\"arn:aws:kms:us-east-1:000000000000:key/abc\""),
        failing(
            "an entity's template names no key",
            w ->
                w.edit(
                    "  - name: Orders",
                    "  - entities: [{ name: orders, match: { PK: \"O#{id}\", Nope: \"X\" } }]\n"
                        + "    name: Orders"),
            "keys",
            "Nope",
            "write one of these"),
        failing(
            "no point-in-time recovery",
            w ->
                w.tables()
                    .updateContinuousBackups(
                        r ->
                            r.tableName(w.table())
                                .pointInTimeRecoverySpecification(
                                    p -> p.pointInTimeRecoveryEnabled(false))),
            "point-in-time recovery",
            "off, but 'heal: auto' wants exports",
            "aws dynamodb update-continuous-backups --region us-east-1 --endpoint-url"),
        warned(
            "a short window of recovery",
            w ->
                w.dynamodb.answer(
                    "DescribeContinuousBackups",
                    200,
                    "{\"ContinuousBackupsDescription\":{\"ContinuousBackupsStatus\":\"ENABLED\","
                        + "\"PointInTimeRecoveryDescription\":{\"PointInTimeRecoveryStatus\":"
                        + "\"ENABLED\",\"RecoveryPeriodInDays\":1}}}"),
            "point-in-time recovery",
            "it keeps 1 day",
            "RecoveryPeriodInDays=35"),
        failing(
            "exports may not be made",
            w -> w.dynamodb.deny("ExportTableToPointInTime"),
            "exports",
            "Access denied: dynamodb:ExportTableToPointInTime",
            "\"Action\":\"dynamodb:ExportTableToPointInTime\""),
        failing(
            "another table has the leases' name",
            w -> w.replace(w.leaseTable(), w.source(w.leaseTable())),
            "lease table",
            "is not one of leases: its keys are PK, not leaseKey",
            "choose another 'application'"),
        warned(
            "leases without their index",
            w ->
                w.replace(
                    w.leaseTable(),
                    w.source(w.leaseTable())
                        .attributeDefinitions(w.leases().build().attributeDefinitions().get(0))
                        .keySchema(w.leases().build().keySchema())
                        .deletionProtectionEnabled(true)),
            "lease index",
            "LeaseOwnerToLeaseKeyIndex is missing",
            "--global-secondary-index-updates"),
        failing(
            "leases may not be written",
            w -> w.dynamodb.deny("UpdateItem"),
            "lease access",
            "Access denied: dynamodb:UpdateItem",
            "table/shop-Orders-"),
        warned(
            "leases that may be deleted",
            w ->
                w.tables()
                    .updateTable(r -> r.tableName(w.leaseTable()).deletionProtectionEnabled(false)),
            "lease protection",
            "without deletion protection",
            "--deletion-protection-enabled"));
  }

  static Stream<Ailment> ofBuckets() {
    return Stream.of(
        failing(
            "no such bucket",
            w -> w.edit("lake: s3://afterbay", "lake: s3://nowhere"),
            "bucket",
            "The lake's bucket 'nowhere' does not exist",
            "aws s3 mb s3://nowhere --region us-east-1"),
        failing(
            "a bucket elsewhere",
            w -> w.s3.answer("HeadBucket", 301, ""),
            "bucket",
            "is in another region than us-east-1",
            "set 'region'"),
        failing(
            "a bucket that may not be listed",
            w -> w.s3.deny("HeadBucket"),
            "bucket",
            "Access denied",
            "{\"Effect\":\"Allow\",\"Action\":\"s3:ListBucket\",\"Resource\":"
                + "\"arn:aws:s3:::afterbay\"}"),
        failing(
            "conditional puts are not honoured",
            w -> w.s3.drop("If-None-Match"),
            "lake put-if-absent",
            "If-None-Match is not honoured",
            "use a bucket of S3 itself"),
        failing(
            "the bucket's key may not be used",
            w ->
                w.s3.denySaying(
                    "PutObject",
                    "User: x is not authorized to perform: kms:GenerateDataKey on resource:"
                        + " arn:aws:kms:us-east-1:000000000000:key/abc because of no policy"),
            "lake write",
            "Access denied",
            "{\"Effect\":\"Allow\",\"Action\":[\"kms:Decrypt\",\"kms:GenerateDataKey\"],"
                + "\"Resource\":\"arn:aws:kms:us-east-1:000000000000:key/abc\"}"),
        failing(
            "objects may not be read",
            w -> w.s3.deny("GetObject"),
            "lake read",
            "Access denied",
            "\"Action\":\"s3:GetObject\",\"Resource\":\"arn:aws:s3:::afterbay/Orders-"),
        failing(
            "uploads may not be aborted",
            w -> w.s3.deny("AbortMultipartUpload"),
            "lake uploads",
            "Access denied: s3:AbortMultipartUpload",
            "\"Action\":\"s3:AbortMultipartUpload\""),
        warned(
            "the probe may not be removed",
            w -> w.s3.deny("DeleteObject"),
            "lake clean-up",
            "stays, because it may not be removed",
            "_afterbay/doctor/*"),
        warned(
            "nothing keeps what is deleted",
            w ->
                w.s3.answer(
                    "GetBucketVersioning",
                    200,
                    "<VersioningConfiguration><Status>Suspended</Status></VersioningConfiguration>"),
            "bucket versioning",
            "off",
            "aws s3api put-bucket-versioning --region us-east-1 --endpoint-url"),
        failing(
            "the public may be let in",
            w -> w.publicAccess(false),
            "public access",
            "not blocked altogether",
            "aws s3api put-public-access-block"),
        failing(
            "uploads are aborted too soon",
            w ->
                w.lifecycle(
                    "<AbortIncompleteMultipartUpload><DaysAfterInitiation>1</DaysAfterInitiation>"
                        + "</AbortIncompleteMultipartUpload>"),
            "bucket lifecycle",
            "aborted after 1 days",
            "DaysAfterInitiation of that rule to 7"),
        failing(
            "the lake expires",
            w -> w.lifecycle("<Expiration><Days>30</Days></Expiration>"),
            "bucket lifecycle",
            "rule 'tidy' expires objects of the lake",
            "limit the rule to a prefix"),
        warned(
            "uploads are never aborted",
            w ->
                w.s3.answer(
                    "GetBucketLifecycleConfiguration",
                    404,
                    "<Error><Code>NoSuchLifecycleConfiguration</Code></Error>"),
            "bucket lifecycle",
            "no rule aborts incomplete uploads",
            "DaysAfterInitiation\":7"),
        failing(
            "no bucket for exports",
            w -> w.edit("tables:", "exports: s3://elsewhere/exports\ntables:"),
            "exports bucket",
            "'elsewhere' does not exist",
            "aws s3 mb s3://elsewhere"));
  }

  static Stream<Ailment> ofTheRest() {
    return Stream.of(
        failing(
            "the catalog may not be read",
            w -> w.glue.deny("GetTables"),
            "glue database",
            "Access denied: glue:GetTables",
            "\"Resource\":\"arn:aws:glue:us-east-1:000000000000:database/shop\""),
        failing(
            "no such workgroup",
            w -> w.athenaServer().drop("wg-" + w.table()),
            "athena workgroup",
            "there is no workgroup 'wg-",
            "aws athena create-work-group"),
        failing(
            "a disabled workgroup",
            w -> w.athenaServer().disable("wg-" + w.table()),
            "athena workgroup",
            "is disabled",
            "--state ENABLED"),
        failing(
            "no place for results",
            w -> w.edit(", query-results: \"s3://afterbay/results\"", ""),
            "query results",
            "no place for results",
            "query-results: s3://my-bucket/results"),
        failing(
            "statements may not be looked up",
            w -> w.athena.deny("GetPreparedStatement"),
            "athena access",
            "Access denied: athena:GetPreparedStatement",
            "workgroup/wg-Orders-"),
        failing(
            "a clock that is ahead",
            w -> w.ahead(Duration.ofMinutes(2)),
            "clock",
            "s ahead of that of S3",
            "chronyc makestep"),
        failing(
            "a clock that is behind",
            w -> w.ahead(Duration.ofMinutes(-2)),
            "clock",
            "s behind that of S3",
            "chronyc makestep"),
        failing(
            "a heap that its container cannot hold",
            w -> w.heap(2L << 30),
            "memory",
            "2048 MiB of memory for a heap of 2048 MiB",
            "AFTERBAY_OPTS=-Xmx1792m"),
        warned(
            "a small heap",
            w -> w.heap(128L << 20),
            "heap",
            "a heap of 128 MiB",
            "AFTERBAY_OPTS=-Xmx256m"),
        failing(
            "an ECS task that cannot hold the heap",
            w -> {
              w.variable("ECS_CONTAINER_METADATA_URI_V4", w.s3.endpoint() + "/v4/abc");
              w.s3.answer(
                  "Task",
                  200,
                  "{\"Family\":\"shop\",\"Revision\":\"7\",\"Limits\":{\"CPU\":1,\"Memory\":1024}}");
            },
            "container",
            "ECS task shop:7, 1024 MiB, 1 vCPU: too little for a heap of 1024 MiB",
            "raise 'Memory' of the task definition"),
        warned(
            "LocalStack",
            w -> w.dynamodb.answer("LocalStack", 200, "{\"services\":{},\"version\":\"4.9.0\"}"),
            "endpoints",
            "LocalStack 4.9.0",
            "./afterbay local"));
  }
}
