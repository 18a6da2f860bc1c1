package dev.afterbay.transforms.routing;

import dev.afterbay.transforms.image.Value;
import dev.afterbay.transforms.typed.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One kind of item of a source table.
 *
 * @param name of the typed table, and of its folder
 * @param match templates by key attribute
 * @param where allowed values by attribute; all must hold
 * @param capture templates by attribute that is not a key
 * @param omit attributes that the typed table leaves out
 * @param columns that are declared for attributes
 * @param infers whether attributes without column get one
 * @param mirrorOf the entity whose items these repeat; they have no table
 */
public record Entity(
    String name,
    Map<String, Template> match,
    Map<String, List<Value>> where,
    Map<String, Template> capture,
    Set<String> omit,
    List<Column> columns,
    boolean infers,
    Optional<String> mirrorOf) {
  /** Copies the collections, in their order; refuses an attribute that is to be two things. */
  public Entity {
    if (!name.matches("[a-z][a-z0-9_]*")) {
      throw new IllegalArgumentException(
          "'"
              + name
              + "' is not the name of an entity; those have lower-case letters, digits and '_',"
              + " and begin with a letter");
    }
    match = Collections.unmodifiableMap(new LinkedHashMap<>(match));
    Map<String, List<Value>> allowed = new LinkedHashMap<>();
    where.forEach((attribute, values) -> allowed.put(attribute, List.copyOf(values)));
    where = Collections.unmodifiableMap(allowed);
    capture = Collections.unmodifiableMap(new LinkedHashMap<>(capture));
    omit = Collections.unmodifiableSet(new LinkedHashSet<>(omit));
    columns = List.copyOf(columns);
    checkAttributes(name, match, capture, omit, columns);
  }

  /**
   * Every column that the configuration asks for: captures of the key, of others, then attributes.
   */
  public List<Column> declaredColumns() {
    List<Column> declared = new ArrayList<>();
    match.forEach(
        (attribute, template) ->
            template
                .captures()
                .forEach(
                    capture ->
                        declared.add(
                            new Column(
                                capture.name(),
                                new Column.Source.Captured(attribute, capture.name()),
                                capture.type()))));
    capture.forEach(
        (attribute, template) ->
            template
                .captures()
                .forEach(
                    captured ->
                        declared.add(
                            new Column(
                                captured.name(),
                                template.source(attribute, captured),
                                captured.type()))));
    declared.addAll(columns);
    return List.copyOf(declared);
  }

  /** The names of all captures, of the key first. */
  public List<String> captureNames() {
    List<String> names = new ArrayList<>();
    match.values().forEach(template -> names.addAll(template.captureNames()));
    capture.values().forEach(template -> names.addAll(template.captureNames()));
    return List.copyOf(names);
  }

  private static void checkAttributes(
      String name,
      Map<String, Template> match,
      Map<String, Template> capture,
      Set<String> omit,
      List<Column> columns) {
    List<String> attributes = new ArrayList<>(match.keySet());
    attributes.addAll(capture.keySet());
    attributes.addAll(omit);
    for (Column column : columns) {
      if (!(column.source() instanceof Column.Source.Attribute source)) {
        throw new IllegalArgumentException(
            "The entity " + name + " declares the capture '" + column.name() + "' as a column");
      }
      attributes.add(source.name());
    }
    Set<String> seen = new LinkedHashSet<>();
    for (String attribute : attributes) {
      if (!seen.add(attribute)) {
        throw new IllegalArgumentException(
            "The entity "
                + name
                + " names the attribute '"
                + attribute
                + "' twice; it is matched, captured, omitted or a column");
      }
    }
  }
}
