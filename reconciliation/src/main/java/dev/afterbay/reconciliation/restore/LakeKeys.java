package dev.afterbay.reconciliation.restore;

import dev.afterbay.reconciliation.compare.Duck;
import dev.afterbay.reconciliation.compare.LakeSide;
import dev.afterbay.reconciliation.compare.PrunedFiles;
import dev.afterbay.sinks.toparquet.ParquetFooter;
import dev.afterbay.sinks.tostorage.ObjectStore;
import dev.afterbay.sinks.tostorage.StoredObject;
import dev.afterbay.transforms.change.ChangeColumn;
import dev.afterbay.transforms.image.Image;
import dev.afterbay.transforms.image.Item;
import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.toavro.KeyAttribute;
import dev.afterbay.transforms.toavro.KeyType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The keys of a table that is gone, as the lake tells of them. */
public final class LakeKeys {
  private static final Set<String> OURS =
      Stream.of(ChangeColumn.values()).map(ChangeColumn::columnName).collect(Collectors.toSet());

  private LakeKeys() {}

  /**
   * The key attributes, the partition key first.
   *
   * @throws RestoreException if the lake has no file of the table
   */
  public static List<KeyAttribute> of(LakeSide side, ObjectStore store, Path folder) {
    StoredObject file =
        Stream.concat(side.changes().stream(), side.snapshot().stream())
            .findFirst()
            .orElseThrow(
                () ->
                    new RestoreException("The lake holds nothing of table '" + side.table() + "'"));
    String image = "coalesce(new_image, old_image)";
    Set<String> images =
        Set.of(ChangeColumn.NEW_IMAGE.columnName(), ChangeColumn.OLD_IMAGE.columnName());
    PrunedFiles.Copy copy =
        new PrunedFiles(store).copyAsWanted(List.of(file), layout -> images, folder).get(0);
    List<String> names =
        copy.layout().chunks().stream()
            .map(ParquetFooter.Chunk::column)
            .distinct()
            .filter(name -> !OURS.contains(name))
            .toList();
    List<KeyAttribute> keys = new ArrayList<>();
    try (Duck duck = Duck.inMemory(Duck.Limits.of(folder))) {
      duck.ask(
          "SELECT %s FROM read_parquet(%s) LIMIT 1"
              .formatted(image, Duck.files(List.of(copy.path()))),
          row -> {
            Item item = Image.parse(row.getString(1)).item();
            names.forEach(name -> keys.add(new KeyAttribute(name, type(item, name))));
          });
    }
    return keys;
  }

  private static KeyType type(Item item, String name) {
    Value value = item.attribute(name).orElseThrow();
    if (value instanceof Value.N) {
      return KeyType.N;
    }
    return value instanceof Value.B ? KeyType.B : KeyType.S;
  }
}
