package dev.afterbay.consumer.config;

/** How stream records are read. */
public enum Decode {
  /** From the bytes of the answers; what is unusual in any way as in {@link #REFERENCE}. */
  LEAN,
  /** By the SDK, into its objects, and from them. */
  REFERENCE
}
