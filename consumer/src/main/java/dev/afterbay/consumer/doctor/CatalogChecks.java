package dev.afterbay.consumer.doctor;

import dev.afterbay.consumer.aws.CatalogClients;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.CatalogConfig;
import dev.afterbay.consumer.config.LakeLocation;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.ResultConfiguration;
import software.amazon.awssdk.services.athena.model.WorkGroup;
import software.amazon.awssdk.services.athena.model.WorkGroupState;
import software.amazon.awssdk.services.glue.GlueClient;
import software.amazon.awssdk.services.glue.model.EntityNotFoundException;
import software.amazon.awssdk.services.s3.S3Client;

/** Whether the catalog can be kept: Glue's database, and Athena's workgroup for the views. */
final class CatalogChecks {
  private static final String DATABASE = "glue database";
  private static final String WORKGROUP = "athena workgroup";
  private static final String RESULTS = "query results";

  /** A name that nothing has. */
  private static final String NOTHING = "afterbay_doctor";

  private final AfterbayConfig config;
  private final CatalogConfig.Glue wanted;
  private final GlueClient glue;
  private final AthenaClient athena;
  private final S3Client s3;
  private final Arns arns;
  private @Nullable LakeLocation results;

  CatalogChecks(
      AfterbayConfig config,
      CatalogConfig.Glue wanted,
      CatalogClients clients,
      S3Client s3,
      Arns arns) {
    this.config = config;
    this.wanted = wanted;
    this.glue = clients.glue();
    this.athena = clients.athena();
    this.s3 = s3;
    this.arns = arns;
  }

  void look(Examination.Part part) {
    part.check(DATABASE, List.of("identity"), this::database);
    Optional<CatalogConfig.Athena> views = wanted.athena();
    if (views.isEmpty()) {
      return;
    }
    CatalogConfig.Athena place = views.get();
    String workgroup = arns.regional("athena", "workgroup/" + place.workgroup());
    part.check(
        WORKGROUP,
        List.of("identity"),
        PolicyStatement.allowing("athena:GetWorkGroup", workgroup),
        () -> workgroup(place));
    part.check("athena access", List.of(WORKGROUP), () -> statements(place, workgroup));
    part.check(RESULTS, List.of(WORKGROUP), this::results);
    LakeLocation found = results;
    if (found != null) {
      new StoreProbe(s3, found, arns).lookElsewhere(part, RESULTS, config.lake());
    }
  }

  private Outcome database() {
    String name = wanted.database();
    DryCalls calls = new DryCalls();
    boolean[] there = {true};
    String database = arns.regional("glue", "database/" + name);
    calls.tried("glue:GetDatabase", database, () -> there[0] = hasDatabase(name));
    calls.tried(
        "glue:GetTables",
        database,
        () -> glue.getTables(r -> r.databaseName(name).maxResults(1)),
        "EntityNotFoundException");
    calls.tried(
        "glue:GetTable",
        database,
        () -> glue.getTable(r -> r.databaseName(name).name(NOTHING)),
        "EntityNotFoundException");
    calls.tried(
        "glue:UpdateTable",
        database,
        () -> glue.updateTable(r -> r.databaseName(name).tableInput(t -> t.name(NOTHING))),
        "EntityNotFoundException");
    calls.untried("glue:CreateTable");
    if (!there[0]) {
      calls.untried("glue:CreateDatabase");
    }
    Outcome outcome = calls.outcome();
    if (outcome.verdict() == Verdict.FAILED) {
      return Outcome.failed(
          outcome.found(),
          outcome.fix().orElse("")
              + " (and the same on "
              + arns.regional("glue", "catalog")
              + " and "
              + arns.regional("glue", "table/" + name + "/*")
              + ")");
    }
    return Outcome.ok(
        name
            + (there[0] ? " is there; " : " is not there yet, the first worker creates it; ")
            + outcome.found());
  }

  private boolean hasDatabase(String name) {
    try {
      glue.getDatabase(r -> r.name(name));
      return true;
    } catch (EntityNotFoundException e) {
      return false;
    }
  }

  private Outcome workgroup(CatalogConfig.Athena place) {
    WorkGroup found;
    try {
      found = athena.getWorkGroup(r -> r.workGroup(place.workgroup())).workGroup();
    } catch (InvalidRequestException e) {
      return Outcome.failed(
          "there is no workgroup '" + place.workgroup() + "'",
          AwsCommand.of(config)
              .athena(
                  "create-work-group",
                  "--name %s --configuration ResultConfiguration={OutputLocation=%s/_afterbay/results/}"
                      .formatted(place.workgroup(), config.lake())));
    }
    if (found.state() == WorkGroupState.DISABLED) {
      return Outcome.failed(
          "workgroup '" + place.workgroup() + "' is disabled",
          AwsCommand.of(config)
              .athena(
                  "update-work-group",
                  "--work-group %s --state ENABLED".formatted(place.workgroup())));
    }
    results = place.results().or(() -> locationOf(found)).orElse(null);
    Long limit =
        found.configuration() == null ? null : found.configuration().bytesScannedCutoffPerQuery();
    return Outcome.ok(
        place.workgroup()
            + (limit == null
                ? ", without a limit of bytes that a question may scan"
                : ", of at most " + (limit >> 20) + " MiB scanned by a question"));
  }

  private static Optional<LakeLocation> locationOf(WorkGroup workgroup) {
    return Optional.ofNullable(workgroup.configuration())
        .flatMap(of -> Optional.ofNullable(of.resultConfiguration()))
        .map(ResultConfiguration::outputLocation)
        .filter(place -> !place.isBlank())
        .map(LakeLocation::parse);
  }

  private Outcome results() {
    return results == null
        ? Outcome.failed(
            "there is no place for results: neither the workgroup nor the configuration names one",
            "write 'catalog: { query-results: s3://my-bucket/results }'")
        : Outcome.ok(results.toString());
  }

  private Outcome statements(CatalogConfig.Athena place, String workgroup) {
    DryCalls calls = new DryCalls();
    calls.tried(
        "athena:GetPreparedStatement",
        workgroup,
        () ->
            athena.getPreparedStatement(r -> r.workGroup(place.workgroup()).statementName(NOTHING)),
        "ResourceNotFoundException");
    calls.tried(
        "athena:GetQueryExecution",
        workgroup,
        () ->
            athena.getQueryExecution(
                r -> r.queryExecutionId("00000000-0000-0000-0000-000000000000")),
        "InvalidRequestException");
    calls.untried("athena:StartQueryExecution");
    calls.untried("athena:CreatePreparedStatement");
    calls.untried("athena:UpdatePreparedStatement");
    return calls.outcome();
  }
}
