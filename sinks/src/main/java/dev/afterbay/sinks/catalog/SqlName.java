package dev.afterbay.sinks.catalog;

import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** Names as statements spell them: bare where every engine takes them so, else quoted. */
public final class SqlName {
  private static final Pattern PLAIN = Pattern.compile("[A-Za-z][A-Za-z0-9_]*");

  /** What Athena's DDL (Hive), its queries (Trino) or DuckDB keep to themselves. */
  private static final Set<String> RESERVED =
      Set.of(
          """
          all alter analyse analyze and any array as asc asymmetric at authorization between bigint
          binary boolean both by cache case cast char check collate collation column commit concat
          concurrently conf constraint create cross cube current current_catalog current_date
          current_path current_role current_schema current_time current_timestamp current_user
          cursor database date day dayofweek deallocate decimal default deferrable delete desc
          describe distinct do double drop else end escape except exchange execute exists extended
          external extract false fetch first float floor following for foreign from full function
          generated glob grant group grouping having if import in initially inner insert int integer
          intersect interval into is isnull join lambda last lateral leading left less like limit
          listagg local localtime localtimestamp macro map merge minus more months name natural none
          normalize not notnull null numeric of offset on only or order out outer over overlaps
          partialscan partition percent pivot placing positional precision preceding prepare primary
          procedure qualify range reads recursive reduce references regexp returning revoke right
          rlike rollback rollup row rows select semi set show similar skip smallint some start
          summarize symmetric sync system table tablesample then time timestamp to trailing
          transform trigger trim true truncate try_cast type uescape unbounded union unique
          uniquejoin unnest unpivot update user using utc_timestamp utctimestamp values varchar
          variadic verbose view views when where window with without
          """
              .strip()
              .split("\\s+"));

  private SqlName() {}

  /** In a query for Athena, Trino or DuckDB. */
  public static String inQuery(String name) {
    return isBare(name) ? name : quoted(name);
  }

  /** In a query, quoted whatever it is. */
  public static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  /** In a DDL statement for Athena, whose dialect is Hive's. */
  public static String inDdl(String name) {
    return isBare(name) ? name : '`' + name.replace("`", "``") + '`';
  }

  /** A text in any statement. */
  static String text(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  private static boolean isBare(String name) {
    return PLAIN.matcher(name).matches() && !RESERVED.contains(name.toLowerCase(Locale.ROOT));
  }
}
