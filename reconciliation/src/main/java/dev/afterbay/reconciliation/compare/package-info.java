/**
 * An export held against the lake: both as (key, digest), joined on the key. {@code Comparison} is
 * the port to the engine that joins, the question is one text of SQL. DuckDB is the engine of this
 * machine: it reads copies of the lake's files that hold the needed columns alone. Athena is the
 * engine of AWS: it reads the tables of the catalog, and the export's side from files that are
 * written beside them.
 */
@NullMarked
package dev.afterbay.reconciliation.compare;

import org.jspecify.annotations.NullMarked;
