package dev.afterbay.sinks.faults;

/** What is asked of an object store. */
public enum Verb {
  PUT,
  GET,
  HEAD,
  LIST,
  BEGIN,
  PART,
  COMPLETE,
  ABORT,
  COPY,
  DELETE,
  STATE
}
