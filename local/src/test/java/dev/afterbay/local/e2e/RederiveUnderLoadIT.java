package dev.afterbay.local.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.afterbay.transforms.change.TableName;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Typed tables made anew while a worker writes to them and the command is killed, after one write,
 * after two, after three, until it comes to its end. Every question is asked on the way and held
 * against the stream.
 */
@TakesLong
class RederiveUnderLoadIT {
  private static final String WHOLE_NUMBERS =
      """
      entities:
        - name: counters
          match: { PK: "{counter}", SK: "COUNT" }
          columns: { N: bigint }
      """;

  private static final String VISITS =
      """
        - name: visits
          match: { PK: "{counter}", SK: "VISIT" }
          columns: { N: bigint }
      """;

  @TempDir static Path dir;

  private static Stage stage;

  @BeforeAll
  static void open() {
    stage = Stage.open(dir);
  }

  @AfterAll
  static void close() {
    stage.close();
  }

  @Test
  void aColumnGetsAnotherType() throws Exception {
    TableName table = stage.table();
    Setup before = stage.setup(table).with(WHOLE_NUMBERS);
    Setup after = before.edited("N: bigint", "N: \"decimal(20,2)\"");
    Counters counters = Counters.typed(table, "COUNT", "counters");
    try (ChildProcess worker = before.run("one")) {
      try (CountingLoad load = CountingLoad.start(stage, table)) {
        before.awaitRows(table, 200, worker);
        counters.assertToldOfThePast(before);

        rederive(
            after,
            "counters",
            () -> {
              assertThat(typeOfCounts(before)).isEqualTo("BIGINT");
              counters.assertToldOfThePast(before);
              assertThat(typeOfCounts(after)).isEqualTo("BIGINT");
              counters.assertToldOfThePast(after);
            });
        assertThat(typeOfCounts(after)).isEqualTo("DECIMAL(20,2)");
        counters.assertToldOfThePast(after);
        awaitMoreRows(after, table, worker);
        counters.assertToldOfThePast(after);
        load.stop();
      }
      after.awaitAll(worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    counters.assertTold(after);
    after.assertExact();

    goOnWithEitherConfiguration(before, after, counters);
  }

  /** The old configuration knows nothing of the switch, and the table goes on all the same. */
  private static void goOnWithEitherConfiguration(Setup before, Setup after, Counters counters) {
    ChildProcess old = goOn(before, counters.table());
    assertThat(old.err()).contains("until 'afterbay rederive' makes it anew");
    counters.assertTold(after);

    JsonNode dropped =
        LakeFiles.json(after.printed("rederive", "--entity", "counters", "--drop-old", "--json"));
    assertThat(dropped.path("rows").asLong()).as("%s", dropped).isZero();
    assertThat(dropped.path("dropped").path("removed").asLong()).isPositive();
    assertThat(dropped.path("dropped").path("kept").asLong()).isLessThanOrEqualTo(1);
    counters.assertTold(after);
    after.assertExact();

    goOn(after, counters.table());
    counters.assertTold(after);
    after.assertExact();
  }

  private static ChildProcess goOn(Setup setup, TableName table) {
    try (ChildProcess worker = setup.run("more");
        CountingLoad load = CountingLoad.start(stage, table)) {
      awaitMoreRows(setup, table, worker);
      load.stop();
      setup.awaitAll(worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
      return worker;
    }
  }

  @Test
  void aNewEntityHasItsHistory() throws Exception {
    TableName table = stage.table();
    Setup before = stage.setup(table).with(WHOLE_NUMBERS);
    String last = "columns: { N: bigint }\n";
    Setup after = before.edited(last, last + VISITS.indent(4));
    Counters counters = Counters.typed(table, "COUNT", "counters");
    Counters raw = Counters.raw(table, "VISIT");
    Counters visits = Counters.typed(table, "VISIT", "visits");
    try (ChildProcess worker = before.run("one")) {
      try (CountingLoad load = CountingLoad.start(stage, table);
          CountingLoad more = CountingLoad.start(stage, table, "VISIT")) {
        before.awaitRows(table, 400, worker);
        raw.assertToldOfThePast(before);

        rederive(
            after,
            "visits",
            () -> {
              raw.assertToldOfThePast(before);
              raw.assertToldOfThePast(after);
              counters.assertToldOfThePast(after);
              assertThat(after.answer("SELECT count(*) FROM visits"))
                  .as("nobody may take a part of the history for all of it")
                  .containsExactly("0");
            });
        visits.assertToldOfThePast(after);
        awaitMoreRows(after, table, worker);
        visits.assertToldOfThePast(after);
        counters.assertToldOfThePast(after);
        load.stop();
        more.stop();
      }
      after.awaitAll(worker);
      assertThat(worker.stop()).as(worker.err()).isZero();
    }
    for (Counters each : new Counters[] {raw, counters, visits}) {
      each.assertTold(after);
    }
    after.assertExact();
  }

  /**
   * Makes an entity's table anew with a kill after each number of writes.
   *
   * @param questions are asked when a part of the new table is written and the old one still holds
   */
  private static void rederive(Setup setup, String entity, Runnable questions) throws Exception {
    int kills = 0;
    int asked = 0;
    try (Gate gate = Gate.before(setup)) {
      while (gate.killsAfter(kills + 1, "rederive", "--entity", entity)) {
        kills++;
        boolean partly = derived(setup) > 0 && switched(setup) == 0;
        if (partly && asked < 2) {
          questions.run();
          asked++;
        }
      }
    }
    System.out.println("rederive was killed " + kills + " times, asked meanwhile " + asked);
    assertThat(kills).isGreaterThan(3);
    assertThat(asked).as("asked with a part of the new table written").isPositive();
    JsonNode answer = LakeFiles.json(setup.printed("rederive", "--entity", entity, "--json"));
    assertThat(answer.path("current").asBoolean()).as("%s", answer).isTrue();
    assertThat(answer.path("complete").asBoolean()).as("%s", answer).isTrue();
    assertThat(answer.path("rows").asInt()).as("%s", answer).isZero();
  }

  private static long derived(Setup setup) {
    return count(setup, "_afterbay/commits", ".*/derive-[^/]+/[0-9]+\\.json");
  }

  private static long switched(Setup setup) {
    return count(setup, "_afterbay/generations", ".*\\.current\\.json");
  }

  private static long count(Setup setup, String folder, String pattern) {
    Path path = setup.lake().root().resolve(folder);
    return !Files.isDirectory(path)
        ? 0
        : LakeFiles.files(path).stream().filter(file -> file.toString().matches(pattern)).count();
  }

  private static String typeOfCounts(Setup setup) {
    return String.join(
        ",", setup.answer("SELECT DISTINCT typeof(N) FROM counters WHERE N IS NOT NULL"));
  }

  private static void awaitMoreRows(Setup setup, TableName table, ChildProcess worker) {
    setup.awaitRows(table, setup.lake().rows(table) + 50, worker);
  }
}
