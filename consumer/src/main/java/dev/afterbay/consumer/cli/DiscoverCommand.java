package dev.afterbay.consumer.cli;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.Failure;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.aws.TableItems;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.ConfigurationText;
import dev.afterbay.consumer.config.TableConfig;
import dev.afterbay.consumer.preflight.Preflight;
import dev.afterbay.consumer.preflight.TableKeys;
import dev.afterbay.consumer.query.LakeItems;
import dev.afterbay.consumer.query.LakeQuery;
import dev.afterbay.consumer.query.SourceTable;
import dev.afterbay.transforms.change.TableName;
import dev.afterbay.transforms.routing.Discovery;
import dev.afterbay.transforms.routing.Proposal;
import dev.afterbay.transforms.toavro.KeyAttribute;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code afterbay discover}: a configuration with typed tables, from the items that there are. */
@Command(
    name = "discover",
    description = {
      "Print the configuration with an entity for every kind of item, found by the shapes of keys",
      "and the values of attributes in the lake; in the source table while the lake is empty."
    },
    footer = {
      "",
      "Example:",
      "  afterbay discover --config afterbay.yaml > typed.yaml",
      "",
      "Read what it proposes before you run it: the types of columns never change afterwards."
    })
final class DiscoverCommand implements Callable<Integer> {
  /** What the entities of a table begin with in the printed file. */
  private static final int INDENT = 4;

  @Spec private CommandSpec spec;
  @Mixin private ConfigOption config;

  @Option(
      names = "--limit",
      paramLabel = "N",
      defaultValue = "100000",
      description = "Look at so many items of a table, about (default: ${DEFAULT-VALUE}).")
  private long limit;

  @Option(
      names = "--source",
      description = "Scan the source tables, whatever the lake holds; needs dynamodb:Scan.")
  private boolean source;

  @Override
  public Integer call() {
    AfterbayConfig read = config.read();
    if (limit < 1) {
      throw new Failure("--limit must be at least 1");
    }
    Preflight.checkBucket(read);
    List<Proposal> proposals = new ArrayList<>();
    try (AwsClients aws = AwsClients.open(read, Patience.WORK);
        LakeQuery lake =
            QueryCommand.open(
                read,
                aws,
                read.tables().stream().map(TableConfig::name).map(SourceTable::raw).toList())) {
      Set<String> taken = new HashSet<>();
      for (TableConfig table : read.tables()) {
        Proposal proposal = proposal(read, table.name(), aws, new LakeItems(lake), taken);
        proposal.entities().forEach(entity -> taken.add(entity.name()));
        proposals.add(proposal);
      }
    }
    List<String> entities = proposals.stream().map(found -> found.toYaml(INDENT)).toList();
    spec.commandLine().getOut().print(ConfigurationText.read(config.file()).withEntities(entities));
    boolean whole = proposals.stream().allMatch(found -> found.unrouted() == 0);
    return whole ? ExitCode.OK : ExitCode.VERDICT;
  }

  private Proposal proposal(
      AfterbayConfig read, TableName table, AwsClients aws, LakeItems lake, Set<String> taken) {
    boolean fromLake = !source && lake.any(table);
    List<String> keys =
        fromLake
            ? lake.keys(table)
            : new TableKeys(read.region(), aws.dynamoDb())
                .of(table).stream().map(KeyAttribute::name).toList();
    Discovery discovery = new Discovery(table.value(), keys);
    String seen =
        fromLake
            ? lake.each(table, limit, discovery::add) + " images in the lake"
            : new TableItems(aws.dynamoDb()).each(table, limit, discovery::add) + " items";
    Proposal proposal = discovery.propose(taken);
    tell(table, proposal, seen);
    return proposal;
  }

  private void tell(TableName table, Proposal proposal, String seen) {
    PrintWriter err = spec.commandLine().getErr();
    err.printf("afterbay: %s: %d entities from %s%n", table, proposal.entities().size(), seen);
    if (proposal.unrouted() > 0) {
      err.printf(
          "afterbay: %s: %d of them belong to no entity, such as %s%n",
          table, proposal.unrouted(), String.join(", ", proposal.examples()));
    }
  }
}
