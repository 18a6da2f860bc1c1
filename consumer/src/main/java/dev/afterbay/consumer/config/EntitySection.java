package dev.afterbay.consumer.config;

import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.ReservedNames;
import dev.afterbay.transforms.routing.Template;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** One entity in a configuration file. */
final class EntitySection {
  private final Section section;
  private final List<AttributeUse> uses;
  private final EntityColumns columns;
  private boolean routable;

  EntitySection(
      Section section, Path file, Map<String, Protection.Rule> protect, List<AttributeUse> uses) {
    this.section = section;
    this.routable = section.isReadable();
    this.uses = uses;
    this.columns = new EntityColumns(section, file, protect);
  }

  EntityDraft read() {
    Optional<String> name = section.required("name", "'name: orders'", EntitySection::name);
    char delimiter = delimiter();
    Map<String, Template> match = templates("match", delimiter, AttributeUse.Kind.MATCH);
    Map<String, List<Value>> where = where();
    Map<String, Template> capture = templates("capture", delimiter, AttributeUse.Kind.CAPTURE);
    Set<String> omit = omit();
    columns.read();
    return new EntityDraft(
        section,
        name,
        routable,
        match,
        where,
        capture,
        omit,
        columns.declared(),
        section.value("infer", true, Values::flag),
        section.optional("mirror-of", text -> text));
  }

  private static String name(String text) {
    if (!text.matches("[a-z][a-z0-9_]{0,99}")) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is not the name of an entity (a lower-case letter, then up to 99 lower-case"
              + " letters, digits, '_'); write for example orders");
    }
    if (ReservedNames.include(text)) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "' is or could become the name of one of Afterbay's own tables or views; choose another"
              + " one, such as orders");
    }
    return text;
  }

  private char delimiter() {
    Optional<Character> delimiter = section.optional("delimiter", EntitySection::delimiter);
    routable &= delimiter.isPresent() || section.field("delimiter").isEmpty();
    return delimiter.orElse('#');
  }

  private static char delimiter(String text) {
    if (text.length() != 1 || "{}".contains(text) || Character.isSurrogate(text.charAt(0))) {
      throw new IllegalArgumentException(
          "'" + text + "' is not one character that may part a key; write for example \"|\"");
    }
    return text.charAt(0);
  }

  private Map<String, Template> templates(String key, char delimiter, AttributeUse.Kind kind) {
    Map<String, Template> templates = new LinkedHashMap<>();
    Section fields = section.section(key);
    routable &= kind != AttributeUse.Kind.MATCH || fields.isReadable();
    for (Field field : fields.fields()) {
      uses.add(new AttributeUse(kind, field.name(), field.path(), field.keyPlace()));
      Optional<Template> template = field.parse(text -> Template.parse(text, delimiter));
      template.ifPresent(found -> templates.put(field.name(), found));
      routable &= kind != AttributeUse.Kind.MATCH || template.isPresent();
      if (kind == AttributeUse.Kind.MATCH) {
        columns.match(field, template);
      } else {
        columns.capture(field, template);
      }
    }
    return templates;
  }

  private Map<String, List<Value>> where() {
    Map<String, List<Value>> where = new LinkedHashMap<>();
    Section fields = section.section("where");
    routable &= fields.isReadable();
    for (Field field : fields.fields()) {
      columns.compare(field);
      Optional<List<Value>> values = Criteria.read(field);
      values.ifPresent(found -> where.put(field.name(), found));
      routable &= values.isPresent();
    }
    return where;
  }

  private Set<String> omit() {
    Set<String> omit = new LinkedHashSet<>();
    for (Field field : section.field("omit").map(Field::elements).orElse(List.of())) {
      field
          .parse(text -> text)
          .ifPresent(
              name -> {
                omit.add(name);
                uses.add(
                    new AttributeUse(AttributeUse.Kind.OMIT, name, field.path(), field.place()));
                columns.omit(field, name);
              });
    }
    return omit;
  }
}
