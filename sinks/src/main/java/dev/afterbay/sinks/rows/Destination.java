package dev.afterbay.sinks.rows;

import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.transforms.toavro.ChangesTable;
import dev.afterbay.transforms.typed.EntitySchema;

/** Which tables rows go to. */
enum Destination {
  /** The changes, raw and typed. */
  HISTORY {
    @Override
    LakeTable raw(ChangesTable table) {
      return LakeTable.changes(table);
    }

    @Override
    LakeTable typed(String entity, EntitySchema schema) {
      return LakeTable.typed(entity, schema);
    }
  },
  /** The snapshots, raw and typed. */
  SNAPSHOTS {
    @Override
    LakeTable raw(ChangesTable table) {
      return LakeTable.snapshots(table);
    }

    @Override
    LakeTable typed(String entity, EntitySchema schema) {
      return LakeTable.typedSnapshots(entity, schema);
    }
  };

  abstract LakeTable raw(ChangesTable table);

  abstract LakeTable typed(String entity, EntitySchema schema);
}
