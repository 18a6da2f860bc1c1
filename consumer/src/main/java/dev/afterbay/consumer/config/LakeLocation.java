package dev.afterbay.consumer.config;

/**
 * The bucket and prefix of the lake, printed as {@code s3://bucket/prefix}.
 *
 * @param bucket the bucket's name
 * @param prefix without slash at either end; empty for the bucket's root
 */
public record LakeLocation(String bucket, String prefix) {
  private static final String SCHEME = "s3://";

  /** Checks both parts. */
  public LakeLocation {
    if (!bucket.matches("[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")) {
      throw new IllegalArgumentException(
          "'"
              + bucket
              + "' is not a bucket name (3 to 63 lower-case letters, digits, '-', '.');"
              + " write for example s3://my-bucket/lake");
    }
    if (!prefix.isEmpty() && !prefix.matches("[A-Za-z0-9!_.*'()=-]+(/[A-Za-z0-9!_.*'()=-]+)*")) {
      throw new IllegalArgumentException(
          "'"
              + prefix
              + "' is not a prefix (letters, digits and !_.*'()=- between single slashes);"
              + " write for example s3://my-bucket/lake");
    }
  }

  /**
   * Reads {@code s3://bucket/prefix}.
   *
   * @throws IllegalArgumentException with the way out, for any other text
   */
  public static LakeLocation parse(String text) {
    if (!text.startsWith(SCHEME)) {
      throw new IllegalArgumentException(
          "'" + text + "' is not a location in S3; write for example s3://my-bucket/lake");
    }
    String rest = text.substring(SCHEME.length());
    int slash = rest.indexOf('/');
    if (slash < 0) {
      return new LakeLocation(rest, "");
    }
    String prefix = rest.substring(slash + 1);
    return new LakeLocation(
        rest.substring(0, slash),
        prefix.endsWith("/") ? prefix.substring(0, prefix.length() - 1) : prefix);
  }

  @Override
  public String toString() {
    return SCHEME + bucket + (prefix.isEmpty() ? "" : "/" + prefix);
  }
}
