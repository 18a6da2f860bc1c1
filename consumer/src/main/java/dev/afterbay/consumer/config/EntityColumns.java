package dev.afterbay.consumer.config;

import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.Template;
import dev.afterbay.transforms.typed.AvroColumns;
import dev.afterbay.transforms.typed.Column;
import dev.afterbay.transforms.typed.ColumnType;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What an entity's configuration makes of attributes, and the columns that come of it: every
 * attribute is one thing, every column is there once, and what is left of a sensitive attribute
 * fits.
 */
final class EntityColumns {
  private record Use(String what, Place place) {}

  private static final String WITHOUT_COLUMN = "take it away, and the attribute is in cdc_extra";

  private final Section section;
  private final Path file;
  private final Map<String, Protection.Rule> protect;
  private final Map<String, Use> attributes = new HashMap<>();
  private final Map<String, Use> names = new HashMap<>();
  private final List<Column> declared = new ArrayList<>();

  EntityColumns(Section section, Path file, Map<String, Protection.Rule> protect) {
    this.section = section;
    this.file = file;
    this.protect = protect;
  }

  /** The columns that are declared for attributes. */
  List<Column> declared() {
    return List.copyOf(declared);
  }

  /** Takes note of a template of a key attribute. */
  void match(Field field, Optional<Template> template) {
    use(field, field.name(), "matched");
    if (protect.containsKey(field.name())) {
      field.keyProblem(
          "'"
              + field.name()
              + "' is in 'protect', and what is left of it tells no entities apart; take it from"
              + " one of the two");
    }
    template.ifPresent(found -> addCaptures(field, found));
  }

  /** Takes note of a template of another attribute. */
  void capture(Field field, Optional<Template> template) {
    use(field, field.name(), "captured");
    if (protect.containsKey(field.name())) {
      field.keyProblem(
          "'"
              + field.name()
              + "' is in 'protect', and no template matches what is left of it; take it from one of"
              + " the two");
    }
    template.ifPresent(
        found -> {
          if (found.captureNames().isEmpty()) {
            field.problem(
                "'"
                    + found
                    + "' captures nothing; write a capture, such as STATUS#{status}, or take it"
                    + " away");
          }
          addCaptures(field, found);
        });
  }

  /** Takes note of a condition. */
  void compare(Field field) {
    if (protect.containsKey(field.name())) {
      field.keyProblem(
          "'"
              + field.name()
              + "' is in 'protect', and what is left of it equals no value; take it from one of the"
              + " two");
    }
  }

  /** Takes note of an attribute that has no column. */
  void omit(Field field, String attribute) {
    use(field, attribute, "omitted");
  }

  /** Reads the columns of attributes, out of this file or out of another. */
  void read() {
    for (Field field : section.section("columns").fields()) {
      use(field, field.name(), "a column");
      field.parse(ColumnType::parse).ifPresent(type -> declare(field, field.name(), type));
    }
    Optional<Field> schema = section.field("schema");
    if (schema.isPresent() && section.field("columns").isPresent()) {
      schema
          .get()
          .keyProblem("there is 'columns' too; keep one of them, since both declare the columns");
    } else {
      schema.ifPresent(this::load);
    }
  }

  private void load(Field field) {
    for (Column column : field.parse(this::columns).orElse(List.of())) {
      String attribute =
          column.source() instanceof Column.Source.Attribute source ? source.name() : column.name();
      use(field, attribute, "a column");
      declare(field, attribute, column.name(), column.type());
    }
  }

  private List<Column> columns(String name) {
    Path schema = file.resolveSibling(name);
    try {
      return AvroColumns.parse(Files.readString(schema));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "there is no file " + schema + "; the path starts at the configuration file's folder", e);
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("the file " + schema + " is not UTF-8 text", e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "the file " + schema + " cannot be read; is it a file, and may it be read?", e);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("the file " + schema + ": " + e.getMessage(), e);
    }
  }

  private void use(Field field, String attribute, String what) {
    @Nullable Use first = attributes.putIfAbsent(attribute, new Use(what, field.keyPlace()));
    if (first != null) {
      field.keyProblem(
          "'"
              + attribute
              + "' is "
              + first.what()
              + " already (line "
              + first.place().line()
              + "); an attribute is matched, captured, omitted or a column, so keep one of the"
              + " two");
    }
  }

  private void addCaptures(Field field, Template template) {
    for (String capture : template.captureNames()) {
      name(field, capture, "the capture '" + capture + "'", "give the capture another name");
    }
  }

  private void declare(Field field, String attribute, ColumnType type) {
    declare(field, attribute, Column.nameOf(attribute), type);
  }

  private void declare(Field field, String attribute, String name, ColumnType type) {
    if (name(field, name, "the column of '" + attribute + "'", WITHOUT_COLUMN)) {
      declared.add(new Column(name, new Column.Source.Attribute(attribute), type));
    }
    Protection.@Nullable Rule rule = protect.get(attribute);
    if (rule == Protection.Rule.DROP) {
      field.problem("'" + attribute + "' is dropped by 'protect'; take the column away");
    } else if (rule != null && !"string".equals(type.text())) {
      field.problem(
          "'"
              + attribute
              + "' is "
              + (rule == Protection.Rule.HASH ? "hashed" : "masked")
              + " by 'protect' and so always a text; write string");
    }
  }

  /** Takes note of a column's name; false, with a problem, if it cannot be had. */
  private boolean name(Field field, String name, String what, String wayOut) {
    Optional<String> refusal = Column.refusal(name);
    @Nullable Use first =
        names.putIfAbsent(name.toLowerCase(Locale.ROOT), new Use(what, field.place()));
    if (refusal.isPresent()) {
      field.problem(what + ": " + refusal.get() + "; " + wayOut);
    } else if (first != null) {
      field.problem(
          what
              + " would be a second column '"
              + name
              + "' beside "
              + first.what()
              + " (line "
              + first.place().line()
              + "), and Athena does not tell upper from lower case; "
              + wayOut);
    }
    return refusal.isEmpty() && first == null;
  }
}
