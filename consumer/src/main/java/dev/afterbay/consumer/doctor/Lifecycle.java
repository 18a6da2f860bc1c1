package dev.afterbay.consumer.doctor;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import software.amazon.awssdk.services.s3.model.LifecycleRule;

/**
 * What a bucket's lifecycle does to a lake.
 *
 * @param prefix of the lake
 * @param rules those that are enabled
 */
record Lifecycle(String prefix, List<LifecycleRule> rules) {
  private static final String MAY_EXPIRE = "_afterbay/exports";

  Lifecycle {
    rules = List.copyOf(rules);
  }

  /** After how many days the lake's incomplete uploads are aborted; empty for never. */
  Optional<Integer> daysOfUploads() {
    return rules.stream()
        .filter(rule -> rule.abortIncompleteMultipartUpload() != null)
        .filter(rule -> touches(prefixOf(rule)))
        .map(rule -> rule.abortIncompleteMultipartUpload().daysAfterInitiation())
        .filter(Objects::nonNull)
        .min(Integer::compare);
  }

  /** The name of a rule that removes current objects of the lake. */
  Optional<String> expiring() {
    return rules.stream()
        .filter(rule -> rule.expiration() != null)
        .filter(rule -> rule.expiration().days() != null || rule.expiration().date() != null)
        .filter(rule -> touches(prefixOf(rule)) && !prefixOf(rule).startsWith(expirable()))
        .map(rule -> rule.id() == null ? "without a name" : rule.id())
        .findFirst();
  }

  private String expirable() {
    return prefix.isEmpty() ? MAY_EXPIRE : prefix + "/" + MAY_EXPIRE;
  }

  private boolean touches(String of) {
    return of.startsWith(prefix) || prefix.startsWith(of);
  }

  @SuppressWarnings("deprecation")
  private static String prefixOf(LifecycleRule rule) {
    Stream<String> prefixes =
        rule.filter() == null
            ? Stream.of(rule.prefix())
            : Stream.of(
                rule.filter().prefix(),
                rule.filter().and() == null ? null : rule.filter().and().prefix());
    return prefixes.filter(Objects::nonNull).findFirst().orElse("");
  }
}
