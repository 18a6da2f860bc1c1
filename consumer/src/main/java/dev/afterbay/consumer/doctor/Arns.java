package dev.afterbay.consumer.doctor;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.LakeLocation;

/**
 * The names of resources as policies want them.
 *
 * @param partition such as {@code aws}
 * @param region of the configuration
 * @param account the caller's, or a word to be replaced where nobody tells it
 */
record Arns(String partition, String region, String account) {
  /** Of a caller whose account is not known. */
  static Arns of(AfterbayConfig config) {
    String region = config.region();
    String partition =
        region.startsWith("cn-") ? "aws-cn" : region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
    return new Arns(partition, region, config.endpoints().local() ? "000000000000" : "ACCOUNT");
  }

  Arns inAccount(String id) {
    return new Arns(partition, region, id);
  }

  String table(String name) {
    return regional("dynamodb", "table/" + name);
  }

  String bucket(String name) {
    return "arn:" + partition + ":s3:::" + name;
  }

  String objects(LakeLocation place) {
    String prefix = place.prefix().isEmpty() ? "" : place.prefix() + "/";
    return bucket(place.bucket()) + "/" + prefix + "*";
  }

  String regional(String service, String resource) {
    return "arn:" + partition + ":" + service + ":" + region + ":" + account + ":" + resource;
  }
}
