package dev.afterbay.local.workload;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/** A table and the requests that are sent to it one after the other, read from a YAML resource. */
public final class Scenario {
  private final TableSpec table;
  private final List<Step> steps;

  Scenario(TableSpec table, List<Step> steps) {
    this.table = table;
    this.steps = List.copyOf(steps);
  }

  /** A shop in one table: users, orders, products, and which user looks at which product. */
  public static Scenario eCommerce(InstantSource clock) {
    return resource("e-commerce-data.yaml", clock);
  }

  /** Tasks of users in one table, with an index, optimistic locks and items that expire. */
  public static Scenario taskApp(InstantSource clock) {
    return resource("task-app.yaml", clock);
  }

  private static Scenario resource(String name, InstantSource clock) {
    try (InputStream in = Objects.requireNonNull(Scenario.class.getResourceAsStream(name), name)) {
      return new ScenarioFile(name, clock).read(in);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public String tableName() {
    return table.name();
  }

  /** How many steps there are. */
  public int size() {
    return steps.size();
  }

  /** How many stream records the replay causes, removals by time-to-live not counted. */
  public int changes() {
    return steps.stream().mapToInt(Step::changes).sum();
  }

  TableSpec table() {
    return table;
  }

  List<Step> steps() {
    return steps;
  }
}
