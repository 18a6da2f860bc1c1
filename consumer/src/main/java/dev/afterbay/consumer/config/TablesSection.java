package dev.afterbay.consumer.config;

import dev.afterbay.sinks.segment.LakeTable;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.Entity;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** The source tables in a configuration file. */
final class TablesSection {
  private static final String EXAMPLE = "'tables: [ { name: Orders } ]'";
  private static final List<String> OWN_TABLES =
      List.of(LakeTable.CHANGES, LakeTable.GAPS, LakeTable.QUARANTINE);
  private static final Map<String, Protection.Rule> RULES =
      new TreeMap<>(
          Map.of(
              "drop", Protection.Rule.DROP,
              "hash", Protection.Rule.HASH,
              "mask", Protection.Rule.MASK));

  private final EntitiesSection entities;
  private final Map<String, Place> names = new HashMap<>();
  private final Map<String, TableName> folders = new HashMap<>();

  TablesSection(Path file, Problems problems) {
    this.entities = new EntitiesSection(file, problems);
  }

  List<TableConfig> read(Section root, Optional<String> application) {
    List<TableConfig> tables = new ArrayList<>();
    for (Section section : root.requiredSections("tables", EXAMPLE)) {
      Optional<TableName> name = section.required("name", "'name: Orders'", TablesSection::table);
      name.ifPresent(found -> checkName(section, found, application));
      List<AttributeUse> uses = new ArrayList<>();
      Map<String, Protection.Rule> protect = protect(section, uses);
      Optional<KeyReference> key = section.optional("protect-key", KeyReference::parse);
      List<Entity> typed = entities.read(section, protect, uses);
      name.ifPresent(found -> tables.add(new TableConfig(found, typed, protect, key, uses)));
    }
    checkCatalogNames();
    return tables;
  }

  private void checkName(Section section, TableName name, Optional<String> application) {
    Place first = names.putIfAbsent(name.value(), section.placeOf("name"));
    TableName twin = folders.putIfAbsent(name.folder(), name);
    if (first != null) {
      section.problem(
          "name", "'" + name + "' is listed twice (first in line " + first.line() + "); keep one");
    } else if (twin != null) {
      section.problem(
          "name",
          "'"
              + name
              + "' and '"
              + twin
              + "' both have the folder '"
              + name.folder()
              + "' in the lake; put one of them into a configuration with another lake");
    }
    application
        .map(prefix -> AfterbayConfig.applicationOf(prefix, name))
        .filter(lease -> lease.length() > 255)
        .ifPresent(
            lease ->
                section.problem(
                    "name",
                    "the lease table '"
                        + lease
                        + "' would have a name of "
                        + lease.length()
                        + " characters, DynamoDB allows 255; choose a shorter 'application'"));
  }

  /** What ends otherwise than these, no entity may be called at all. */
  private void checkCatalogNames() {
    names.forEach(
        (name, place) -> {
          TableName source = new TableName(name);
          for (String own : OWN_TABLES) {
            entities.refuseName(source.folder() + "_" + own, source, place);
          }
        });
  }

  private static Map<String, Protection.Rule> protect(Section section, List<AttributeUse> uses) {
    Map<String, Protection.Rule> protect = new LinkedHashMap<>();
    boolean needsKey = section.field("protect-key").isEmpty();
    for (Field field : section.section("protect").fields()) {
      uses.add(
          new AttributeUse(
              AttributeUse.Kind.PROTECT, field.name(), field.path(), field.keyPlace()));
      Optional<Protection.Rule> rule = field.parse(Values.choice(RULES));
      rule.ifPresent(found -> protect.put(field.name(), found));
      if (needsKey && rule.equals(Optional.of(Protection.Rule.HASH))) {
        needsKey = false;
        field.problem(
            "hashing needs a key; add for example 'protect-key: env:AFTERBAY_HASH_KEY' to the"
                + " table");
      }
    }
    return protect;
  }

  private static TableName table(String text) {
    try {
      return new TableName(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not a DynamoDB table name; write 3 to 255 letters, digits, '_', '.',"
              + " '-'",
          e);
    }
  }
}
