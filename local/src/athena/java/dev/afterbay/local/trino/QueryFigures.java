package dev.afterbay.local.trino;

import io.trino.jdbc.QueryStats;

/**
 * What a query took, as Trino itself counts it.
 *
 * @param splits pieces of work of all its stages
 * @param rows that were read from files
 * @param bytes that were read from files, as they lie there
 */
public record QueryFigures(long splits, long rows, long bytes) {
  static final QueryFigures NONE = new QueryFigures(0, 0, 0);

  static QueryFigures of(QueryStats stats) {
    return new QueryFigures(
        stats.getCompletedSplits(), stats.getProcessedRows(), stats.getPhysicalInputBytes());
  }
}
