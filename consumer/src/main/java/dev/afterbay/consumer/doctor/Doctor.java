package dev.afterbay.consumer.doctor;

import dev.afterbay.consumer.aws.AwsClients;
import dev.afterbay.consumer.aws.CallerIdentity;
import dev.afterbay.consumer.aws.CatalogClients;
import dev.afterbay.consumer.aws.Patience;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.CatalogConfig;
import dev.afterbay.consumer.config.TableConfig;
import java.time.InstantSource;
import java.util.List;

/** Looks at everything that a configuration needs, before a worker does. */
public final class Doctor {
  private final AfterbayConfig config;
  private final InstantSource clock;
  private final Surroundings surroundings;
  private final Examination examination = new Examination();
  private Arns arns;

  private Doctor(AfterbayConfig config, InstantSource clock, Surroundings surroundings) {
    this.config = config;
    this.clock = clock;
    this.surroundings = surroundings;
    this.arns = Arns.of(config);
  }

  /**
   * Runs all checks; none throws, and none leaves anything behind.
   *
   * @return what they found, in the order in which they were made
   */
  public static List<Finding> examine(
      AfterbayConfig config, InstantSource clock, Surroundings surroundings) {
    return new Doctor(config, clock, surroundings).examine();
  }

  private List<Finding> examine() {
    Examination.Part general = examination.general();
    general.check("endpoints", List.of(), new EndpointCheck(config.endpoints())::look);
    general.check("identity", List.of(), this::identity);
    long openShards = 0;
    try (AwsClients aws = AwsClients.open(config, Patience.ANSWER)) {
      general.check("clock", List.of("identity"), new ClockCheck(config, aws.s3(), clock)::look);
      new BucketChecks(config, aws.s3(), arns).look(general);
      for (TableConfig table : config.tables()) {
        Examination.Part part = examination.of(table.name());
        TableChecks checks =
            new TableChecks(
                config, table, aws.dynamoDb(), aws.streams(), arns, surroundings.environment());
        checks.look(part);
        openShards += checks.openShards();
        new RecoveryChecks(config, table.name(), checks.arn(), aws.dynamoDb(), clock).look(part);
        new LeaseChecks(config, table.name(), arns, aws.dynamoDb()).look(part);
      }
      if (config.catalog() instanceof CatalogConfig.Glue glue) {
        try (CatalogClients clients = CatalogClients.open(config, glue, clock)) {
          new CatalogChecks(config, glue, clients, aws.s3(), arns).look(general);
        }
      }
    }
    new ProcessChecks(surroundings).look(general, openShards);
    return examination.findings();
  }

  private Outcome identity() {
    if (config.endpoints().local()) {
      return Outcome.skipped("local endpoints take any credentials");
    }
    CallerIdentity caller = CallerIdentity.of(config);
    arns = arns.inAccount(caller.account());
    return Outcome.ok(caller.arn());
  }
}
