package dev.afterbay.transforms.routing;

import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/** Names that no entity can have, because a folder, table or view of the lake's own has them. */
public final class ReservedNames {
  private static final Set<String> FOLDERS =
      Set.of("audits", "changes", "current", "gaps", "healings", "quarantine", "snapshots");
  private static final List<String> ENDINGS =
      List.of(
          "_as_of",
          "_commit_log",
          "_commits",
          "_completeness",
          "_current",
          "_history",
          "_removed",
          "_snapshots");

  /** The folders of rederived tables. */
  private static final Pattern GENERATION = Pattern.compile(".*__g[0-9]+");

  private ReservedNames() {}

  /** Whether a name is one of them, whatever the entities and tables beside it are called. */
  public static boolean include(String name) {
    return FOLDERS.contains(name)
        || ENDINGS.stream().anyMatch(name::endsWith)
        || GENERATION.matcher(name).matches();
  }
}
