package dev.afterbay.sinks.rows;

import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.typed.EntitySchema;

/**
 * Is told when a typed table has grown. Called from many threads at once; must return at once and
 * never throw.
 */
@FunctionalInterface
public interface SchemaListener {
  /** An entity of a source table has this schema now, whoever added to it. */
  void grown(TableName table, EntitySchema schema);
}
