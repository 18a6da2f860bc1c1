package dev.afterbay.local.athena;

import java.util.List;
import java.util.Map;

/** An engine that is asked about the lake. */
interface Sql {
  /** The rows of a question, by column in lower case, every value as text; null is {@code null}. */
  List<Map<String, String>> ask(String sql);

  /** The rows of a prepared query at a moment, such as {@code 2026-11-17 10:00:00}. */
  List<Map<String, String>> asOf(String query, String moment);
}
