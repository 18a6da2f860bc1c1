package dev.afterbay.transforms.typed;

/** Why an attribute, or a part of it, is in {@code cdc_extra} and not in a column alone. */
public enum Reason {
  /** There is no column for it yet. */
  UNKNOWN,
  /** It is of another type than its column. */
  TYPE,
  /** It is beyond what its column can hold. */
  RANGE,
  /** It has more digits than its column. */
  PRECISION,
  /** Its column holds its meaning; the original has another spelling. */
  SPELLING,
  /** It is DynamoDB's null, which a column cannot tell from nothing. */
  NULL,
  /** Another column has its name. */
  NAME,
  /** The table has as many columns as it may have. */
  FULL,
  /** It does not match its template, or what is captured does not have its type. */
  TEMPLATE
}
