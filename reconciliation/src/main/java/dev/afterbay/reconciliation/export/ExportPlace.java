package dev.afterbay.reconciliation.export;

/**
 * Where in S3 exports are put.
 *
 * @param bucket its name
 * @param prefix names joined by single slashes, without one at either end; empty for the bucket's
 *     root
 */
public record ExportPlace(String bucket, String prefix) {
  /** Checks bucket and prefix. */
  public ExportPlace {
    if (bucket.isEmpty() || bucket.indexOf('/') >= 0) {
      throw new IllegalArgumentException("Not a bucket: '" + bucket + "'");
    }
    if (prefix.startsWith("/") || prefix.endsWith("/") || prefix.contains("//")) {
      throw new IllegalArgumentException(
          "Not a prefix of exports: '"
              + prefix
              + "' (names joined by single slashes, without one at either end)");
    }
  }

  @Override
  public String toString() {
    return "s3://" + bucket + "/" + prefix;
  }
}
