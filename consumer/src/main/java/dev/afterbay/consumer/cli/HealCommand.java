package dev.afterbay.consumer.cli;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.healing.TableHealing;
import dev.afterbay.consumer.preflight.TableFacts;
import dev.afterbay.reconciliation.export.ExportProgress;
import dev.afterbay.reconciliation.heal.GapPlan;
import dev.afterbay.reconciliation.heal.GapState;
import dev.afterbay.reconciliation.heal.Healing;
import dev.afterbay.sinks.commit.RecordedGap;
import java.io.IOException;
import java.io.PrintWriter;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code afterbay heal}: gaps healed by exports. */
@Command(
    name = "heal",
    description = {
      "Heal the gaps of the tables: incremental exports tell what became of the items that were",
      "changed in them. Exit code 3 if a gap stays open. May run beside workers and be repeated."
    })
final class HealCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;
  @Mixin private TableOption tables;

  @Option(names = "--dry-run", description = "Only tell which exports it would take.")
  private boolean dryRun;

  @Option(names = "--json", description = "Print one JSON object.")
  private boolean json;

  @Override
  public Integer call() throws IOException, InterruptedException {
    AfterbayConfig read = config.read();
    List<TableFacts> wanted = tables.fit(read);
    Map<String, List<GapState>> states = new LinkedHashMap<>();
    Map<String, List<GapPlan>> plans = new LinkedHashMap<>();
    try (AwsClients aws = AwsClients.open(read, Patience.WORK);
        Scratch scratch = Scratch.create()) {
      for (TableFacts facts : wanted) {
        Healing healing =
            TableHealing.of(read, facts, aws, scratch.folder(), InstantSource.system());
        String table = facts.table().value();
        if (dryRun) {
          plans.put(table, healing.plan());
        } else {
          states.put(table, healing.heal(ExportProgress.none()));
        }
      }
    }
    PrintWriter out = spec.commandLine().getOut();
    if (json) {
      out.println((dryRun ? planned(plans) : healed(states)).toPrettyString());
    } else if (dryRun) {
      plans.forEach((table, plan) -> printPlan(table, plan, out));
    } else {
      states.forEach((table, found) -> print(table, found, out));
    }
    boolean whole =
        states.values().stream()
            .flatMap(List::stream)
            .allMatch(state -> state instanceof GapState.Healed);
    return whole ? ExitCode.OK : ExitCode.VERDICT;
  }

  static void print(String table, List<GapState> states, PrintWriter out) {
    if (states.isEmpty()) {
      out.println(table + ": no gap is open");
    }
    for (GapState state : states) {
      if (state instanceof GapState.Healed healed) {
        out.printf(
            "%s: healed %s, %d rows from %d exports. %s.%n",
            table, told(state.gap()), healed.rows(), healed.exports().size(), healed.lost());
      } else if (state instanceof GapState.Open open) {
        out.printf("%s: open %s: %s%n", table, told(state.gap()), open.reason());
      }
    }
  }

  private static void printPlan(String table, List<GapPlan> plans, PrintWriter out) {
    if (plans.isEmpty()) {
      out.println(table + ": no gap is open");
    }
    for (GapPlan plan : plans) {
      plan.gaps().forEach(gap -> out.println(table + ": open " + told(gap)));
      plan.windows().forEach(window -> out.println("  export " + window.text()));
    }
  }

  private static String told(RecordedGap gap) {
    return "%s in %s from %s to %s"
        .formatted(gap.gap().reason(), gap.shard(), gap.gap().from(), gap.gap().until());
  }

  static ObjectNode healed(Map<String, List<GapState>> tables) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode array = json.putArray("tables");
    tables.forEach(
        (table, states) -> {
          ArrayNode gaps = array.addObject().put("table", table).putArray("gaps");
          for (GapState state : states) {
            ObjectNode gap = gap(gaps, state.gap());
            if (state instanceof GapState.Healed healed) {
              gap.put("state", "healed").put("rows", healed.rows()).put("lost", healed.lost());
              healed.exports().forEach(gap.putArray("exports")::add);
            } else if (state instanceof GapState.Open open) {
              gap.put("state", "open").put("why", open.reason());
            }
          }
        });
    return json;
  }

  private static ObjectNode planned(Map<String, List<GapPlan>> tables) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    ArrayNode array = json.putArray("tables");
    tables.forEach(
        (table, plans) -> {
          ArrayNode clusters = array.addObject().put("table", table).putArray("plans");
          for (GapPlan plan : plans) {
            ObjectNode cluster = clusters.addObject();
            ArrayNode gaps = cluster.putArray("gaps");
            plan.gaps().forEach(gap -> gap(gaps, gap));
            ArrayNode windows = cluster.putArray("exports");
            plan.windows()
                .forEach(
                    window ->
                        windows
                            .addObject()
                            .put("from", window.from().toString())
                            .put("to", window.to().toString()));
          }
        });
    return json;
  }

  private static ObjectNode gap(ArrayNode gaps, RecordedGap gap) {
    return gaps.addObject()
        .put("stream", gap.shard().stream().value())
        .put("shard", gap.shard().shard().value())
        .put("reason", gap.gap().reason().name())
        .put("after", gap.after().padded())
        .put("from", gap.gap().from().toString())
        .put("until", gap.gap().until().toString());
  }
}
