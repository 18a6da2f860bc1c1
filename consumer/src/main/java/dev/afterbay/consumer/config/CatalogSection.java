package dev.afterbay.consumer.config;

import dev.afterbay.transforms.change.LowerSnake;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.yaml.snakeyaml.nodes.ScalarNode;

/** The catalog in a configuration file: a word, or a mapping. */
final class CatalogSection {
  private enum Word {
    NONE,
    GLUE,
    ATHENA
  }

  private static final String KEY = "catalog";
  private static final String DEFAULT_WORKGROUP = "primary";
  private static final Map<String, Word> CATALOGS =
      new TreeMap<>(Map.of("none", Word.NONE, "glue", Word.GLUE));
  private static final Map<String, Word> VIEWS =
      new TreeMap<>(Map.of("none", Word.NONE, "athena", Word.ATHENA));

  private final Section root;
  private final Endpoints endpoints;
  private final String database;

  /**
   * The catalog of a file.
   *
   * @param application whose name the database has if it is given none
   */
  CatalogSection(Section root, Endpoints endpoints, Optional<String> application) {
    this.root = root;
    this.endpoints = endpoints;
    this.database = application.map(LowerSnake::of).orElse("unnamed");
  }

  CatalogConfig read() {
    Optional<Field> field = root.field(KEY);
    if (field.isEmpty()) {
      return isThere(endpoints.glue()) ? glue() : new CatalogConfig.None();
    }
    if (field.get().node() instanceof ScalarNode) {
      Optional<Word> word = field.get().parse(Values.choice(CATALOGS));
      if (!word.equals(Optional.of(Word.GLUE))) {
        return new CatalogConfig.None();
      }
      refuseIfElsewhere();
      return glue();
    }
    refuseIfElsewhere();
    return glue(root.section(KEY));
  }

  private CatalogConfig glue() {
    return new CatalogConfig.Glue(
        database,
        isThere(endpoints.athena())
            ? Optional.of(new CatalogConfig.Athena(DEFAULT_WORKGROUP, Optional.empty()))
            : Optional.empty());
  }

  private CatalogConfig glue(Section section) {
    String name =
        section.value(
            "database",
            database,
            Values.text(
                "[a-z0-9_]{1,255}",
                "a database (1 to 255 lower-case letters, digits, '_')",
                "shop"));
    String workgroup =
        section.value(
            "workgroup",
            DEFAULT_WORKGROUP,
            Values.text(
                "[A-Za-z0-9._-]{1,128}",
                "a workgroup of Athena (1 to 128 letters, digits, '.', '_', '-')",
                DEFAULT_WORKGROUP));
    Optional<LakeLocation> results = section.optional("query-results", LakeLocation::parse);
    Optional<Word> views = section.optional("views", Values.choice(VIEWS));
    if (views.equals(Optional.of(Word.ATHENA)) && !isThere(endpoints.athena())) {
      section.problem(
          "views",
          "the other services are local, and where Athena is, is not said; add for example"
              + " 'endpoints: { athena: http://127.0.0.1:9003 }', or write 'views: none'");
    }
    boolean wanted = views.map(Word.ATHENA::equals).orElse(isThere(endpoints.athena()));
    return new CatalogConfig.Glue(
        name,
        wanted ? Optional.of(new CatalogConfig.Athena(workgroup, results)) : Optional.empty());
  }

  /** A lake on this machine must not be registered with AWS by accident. */
  private void refuseIfElsewhere() {
    if (!isThere(endpoints.glue())) {
      root.problem(
          KEY,
          "the other services are local, and where Glue is, is not said; add for example"
              + " 'endpoints: { glue: http://127.0.0.1:9002 }', or write 'catalog: none'");
    }
  }

  private boolean isThere(Optional<?> endpoint) {
    return endpoint.isPresent() || !endpoints.local();
  }
}
