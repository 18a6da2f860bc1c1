package dev.afterbay.sinks.check;

import dev.afterbay.sinks.generations.Generations;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.sinks.segment.StagedFile;
import dev.afterbay.transforms.change.TableName;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The files of typed tables that were dropped on purpose, and so need not be there. */
final class DroppedFiles {
  private final Set<String> prefixes = new TreeSet<>();

  DroppedFiles(Lake lake, TableName table, Map<String, Generations> generations) {
    for (Generations each : generations.values()) {
      for (String folder : each.droppedFolders()) {
        prefixes.add(lake.data(table) + folder + "/");
        prefixes.add(lake.data(table) + folder + LakeTable.SNAPSHOTS_ENDING + "/");
      }
    }
  }

  boolean mayBeGone(StagedFile file) {
    return prefixes.stream().anyMatch(file.key().value()::startsWith);
  }
}
