package dev.afterbay.consumer.config;

import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.protect.Protection;
import dev.afterbay.transforms.routing.Entity;
import dev.afterbay.transforms.routing.Router;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The entities of the tables in a configuration file. */
final class EntitiesSection {
  private static final List<String> NOT_OF_MIRRORS =
      List.of("columns", "schema", "capture", "omit", "infer");

  private final Path file;
  private final Problems problems;
  private final Map<String, Section> names = new HashMap<>();

  EntitiesSection(Path file, Problems problems) {
    this.file = file;
    this.problems = problems;
  }

  /**
   * The entities of a table; none if there is any problem with them.
   *
   * @param uses takes the attributes that they name
   */
  List<Entity> read(Section table, Map<String, Protection.Rule> protect, List<AttributeUse> uses) {
    int before = problems.count();
    List<EntityDraft> drafts = new ArrayList<>();
    for (Section section : table.sections("entities")) {
      EntityDraft draft = new EntitySection(section, file, protect, uses).read();
      draft.name().ifPresent(name -> checkName(section, name));
      drafts.add(draft);
    }
    drafts.forEach(draft -> checkMirror(draft, drafts));
    checkOverlaps(drafts);
    return problems.count() > before
        ? List.of()
        : drafts.stream().map(EntityDraft::entity).toList();
  }

  /**
   * Reports the entity that is called as one of Afterbay's own tables would be: a catalog knows no
   * folders.
   *
   * @param own the name of that table
   * @param source the source table that it belongs to
   * @param place where the source table is named
   */
  void refuseName(String own, TableName source, Place place) {
    Optional.ofNullable(names.get(own))
        .ifPresent(
            section ->
                section.problem(
                    "name",
                    "'"
                        + own
                        + "' is also what Afterbay's own table of '"
                        + source
                        + "' ("
                        + place
                        + ") is called in a catalog; choose another name"));
  }

  private void checkName(Section section, String name) {
    @Nullable Section first = names.putIfAbsent(name, section);
    if (first != null) {
      section.problem(
          "name",
          "'"
              + name
              + "' is the name of another entity (line "
              + first.placeOf("name").line()
              + "); names are unique over all tables, so choose another one");
    }
  }

  private static void checkMirror(EntityDraft draft, List<EntityDraft> drafts) {
    Section section = draft.section();
    draft
        .mirrorOf()
        .ifPresent(
            original -> {
              for (String key : NOT_OF_MIRRORS) {
                section
                    .field(key)
                    .ifPresent(
                        field ->
                            field.keyProblem(
                                "a mirror has no table of its own; take '"
                                    + key
                                    + "' away, or 'mirror-of'"));
              }
              refusal(draft, original, drafts)
                  .ifPresent(message -> section.problem("mirror-of", message));
            });
  }

  private static Optional<String> refusal(
      EntityDraft draft, String original, List<EntityDraft> drafts) {
    List<EntityDraft> found =
        drafts.stream().filter(each -> each.name().equals(Optional.of(original))).toList();
    if (found.isEmpty()) {
      List<String> known = drafts.stream().flatMap(each -> each.name().stream()).toList();
      return Optional.of(
          "this table has no entity '"
              + original
              + "'; "
              + Nearest.to(original, known)
                  .map(near -> "did you mean '" + near + "'?")
                  .orElse("its entities are " + String.join(", ", known)));
    }
    if (found.contains(draft)) {
      return Optional.of(
          "'" + original + "' is this entity itself; name the one whose items these repeat");
    }
    EntityDraft other = found.get(0);
    if (other.mirrorOf().isPresent()) {
      return Optional.of(
          "'" + original + "' is a mirror itself; name the entity that has the table");
    }
    Set<String> captures = draft.keyCaptures();
    return captures.equals(other.keyCaptures()) || !draft.routable() || !other.routable()
        ? Optional.empty()
        : Optional.of(
            "the keys of a mirror capture the same as those of its original; here they capture "
                + captures
                + ", in '"
                + original
                + "' "
                + other.keyCaptures());
  }

  private static void checkOverlaps(List<EntityDraft> drafts) {
    List<EntityDraft> routable = drafts.stream().filter(EntityDraft::routable).toList();
    List<Entity> entities = new ArrayList<>();
    for (EntityDraft draft : routable) {
      entities.add(draft.routing("e" + entities.size()));
    }
    for (Router.Overlap overlap : Router.overlaps(entities)) {
      EntityDraft one = routable.get(entities.indexOf(overlap.one()));
      EntityDraft other = routable.get(entities.indexOf(overlap.other()));
      other
          .section()
          .problem(
              "match",
              called(other)
                  + " takes items that "
                  + called(one)
                  + " ("
                  + one.section().placeOf("match")
                  + ") takes too, such as "
                  + overlap.example()
                  + "; make one template narrower, or part them by 'where'");
    }
  }

  private static String called(EntityDraft draft) {
    return draft.name().map(name -> "'" + name + "'").orElse(draft.section().path());
  }
}
