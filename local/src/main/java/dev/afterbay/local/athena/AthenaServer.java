package dev.afterbay.local.athena;

import dev.afterbay.local.awsjson.JsonServer;
import java.net.URI;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * Athena's API on a loopback port. Any workgroup exists unless it was dropped. A query is {@code
 * RUNNING} until the engine is done with it, then {@code SUCCEEDED} or {@code FAILED} with the
 * engine's own words.
 */
public final class AthenaServer implements AutoCloseable {
  private final Executions executions;
  private final PreparedStatements prepared;
  private final WorkGroups workgroups = new WorkGroups();
  private final JsonServer server;

  private AthenaServer(int port, SqlEngine engine, InstantSource clock) {
    this.executions = new Executions(engine, clock);
    this.prepared = new PreparedStatements(clock);
    this.server =
        JsonServer.start("AmazonAthena", port, new AthenaCalls(executions, prepared, workgroups));
  }

  /**
   * Starts to answer.
   *
   * @param port 0 picks a free one
   * @param engine carries the queries out, several at once if they come so
   * @throws java.io.UncheckedIOException when the port is taken
   */
  public static AthenaServer start(int port, SqlEngine engine) {
    return new AthenaServer(port, engine, InstantSource.system());
  }

  /** Where clients find it. */
  public URI endpoint() {
    return server.endpoint();
  }

  /** From now on there is no such workgroup. */
  public void drop(String workgroup) {
    workgroups.drop(workgroup);
  }

  /** From now on the workgroup is disabled. */
  public void disable(String workgroup) {
    workgroups.disable(workgroup);
  }

  /** The texts of all queries so far, in the order in which they were asked for. */
  public List<String> queries() {
    return executions.queries();
  }

  /** The text of a prepared statement. */
  public Optional<String> prepared(String workgroup, String name) {
    return prepared.sql(workgroup, name);
  }

  @Override
  public void close() {
    server.close();
    executions.close();
  }
}
