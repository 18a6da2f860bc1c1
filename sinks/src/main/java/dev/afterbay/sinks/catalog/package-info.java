/**
 * The lake's tables, views and prepared statements as SQL engines know them: one model, from which
 * come Athena's DDL, the tables of a Glue catalog and, elsewhere, the views of a local engine.
 */
@NullMarked
package dev.afterbay.sinks.catalog;

import org.jspecify.annotations.NullMarked;
