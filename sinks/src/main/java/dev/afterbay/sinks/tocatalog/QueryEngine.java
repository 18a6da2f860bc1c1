package dev.afterbay.sinks.tocatalog;

import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Answers questions about the tables of one database of a catalog. */
public interface QueryEngine {
  /**
   * Asks a question, and hands out the rows of the answer one by one, in its order.
   *
   * @param what it is for, as it follows "Could not"
   * @param taker of a row's values as texts; null is null
   * @return how many bytes of the tables' files were scanned for it
   * @throws CatalogException if there is no answer
   */
  long ask(String what, String sql, Consumer<List<@Nullable String>> taker);
}
