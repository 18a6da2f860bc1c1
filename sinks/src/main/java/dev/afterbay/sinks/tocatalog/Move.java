package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.segment.LakeTable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** From which generation of a typed table to which its location moves. */
enum Move {
  /** It stays, or it is none of generations. */
  NONE,
  /** The catalog holds an older one. */
  FORWARD,
  /** The catalog holds a newer one, of which whoever wants this does not know yet. */
  BACK;

  private static final Pattern LOCATION =
      Pattern.compile("(.*?)(?:__g([0-9]{1,9}))?(" + LakeTable.SNAPSHOTS_ENDING + ")?/");

  static Move of(String held, String wanted) {
    Matcher before = LOCATION.matcher(held);
    Matcher after = LOCATION.matcher(wanted);
    if (!before.matches() || !after.matches() || !table(before).equals(table(after))) {
      return NONE;
    }
    return switch (Integer.signum(Integer.compare(number(after), number(before)))) {
      case 1 -> FORWARD;
      case -1 -> BACK;
      default -> NONE;
    };
  }

  private static String table(Matcher location) {
    return location.group(1) + "|" + location.group(3);
  }

  private static int number(Matcher location) {
    String number = location.group(2);
    return number == null ? 1 : Integer.parseInt(number);
  }
}
