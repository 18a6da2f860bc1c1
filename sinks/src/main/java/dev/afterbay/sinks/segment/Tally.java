package dev.afterbay.sinks.segment;

/**
 * Something that is counted beside the rows.
 *
 * @param table the folder of the table of the lake that it concerns
 * @param subject what it is about there, such as an attribute
 * @param reason why it is counted, such as {@code TYPE}
 */
public record Tally(String table, String subject, String reason) implements Comparable<Tally> {
  /**
   * Says that a record belongs to none of the typed tables; its subject is the shape of its key.
   */
  public static final String UNROUTED = "UNROUTED";

  @Override
  public int compareTo(Tally other) {
    int byTable = table.compareTo(other.table);
    if (byTable != 0) {
      return byTable;
    }
    int bySubject = subject.compareTo(other.subject);
    return bySubject != 0 ? bySubject : reason.compareTo(other.reason);
  }
}
