package dev.afterbay.consumer.config;

import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One source table.
 *
 * @param name the DynamoDB table
 * @param entities its typed tables, of which no two take the same items; maybe none
 * @param protect what is left of its sensitive attributes, by their names
 * @param protectKey where the key of hashed attributes is; there if any is hashed
 * @param uses the attributes that the configuration names
 */
public record TableConfig(
    TableName name,
    List<Entity> entities,
    Map<String, Protection.Rule> protect,
    Optional<KeyReference> protectKey,
    List<AttributeUse> uses) {
  /** Copies the collections. */
  public TableConfig {
    entities = List.copyOf(entities);
    protect = Map.copyOf(protect);
    uses = List.copyOf(uses);
  }

  /** A table without typed tables, and without anything sensitive. */
  public TableConfig(TableName name) {
    this(name, List.of(), Map.of(), Optional.empty(), List.of());
  }

  /**
   * What in the configuration does not suit the table, which only its keys show.
   *
   * @return sentences that begin with a place, in the order of the file
   */
  public List<String> problemsWith(List<KeyAttribute> keys) {
    return uses.stream()
        .sorted((one, other) -> one.place().compareTo(other.place()))
        .flatMap(use -> use.problemWith(keys).stream())
        .toList();
  }

  /**
   * The protection of the table. A key is only fetched if anything is hashed.
   *
   * @throws RuntimeException if the key cannot be had, with a sentence for the user
   */
  public Protection protection(Secrets secrets) {
    if (protect.isEmpty()) {
      return Protection.NONE;
    }
    byte[] key =
        protect.containsValue(Protection.Rule.HASH)
            ? secrets.load(protectKey.orElseThrow())
            : new byte[0];
    return new Protection(protect, key);
  }
}
