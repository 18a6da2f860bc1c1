package dev.afterbay.local.athena;

/** Whatever carries queries out. */
@FunctionalInterface
public interface SqlEngine {
  /**
   * Carries one statement out and returns when it is done.
   *
   * @param database that unqualified names are in
   * @return what came of it; of a statement that only makes something, {@link SqlResult#NOTHING}
   * @throws Exception when it failed; the message becomes the reason of the failure
   */
  SqlResult run(String database, String sql) throws Exception;
}
