package dev.afterbay.local.deploy;

/**
 * What IAM is asked before a call is carried out.
 *
 * @param action for example {@code s3:GetObject}
 * @param resource its ARN
 */
public record Permission(String action, String resource) {}
