package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.catalog.AthenaDdl;
import dev.afterbay.sinks.catalog.CatalogView;
import dev.afterbay.sinks.catalog.PreparedQuery;
import java.time.InstantSource;
import software.amazon.awssdk.services.athena.AthenaClient;

/**
 * Views and prepared queries through Athena. A view is made by a statement, whose end is waited
 * for. Closing the client is up to its owner.
 */
public final class AthenaViews implements ViewEngine {
  private final AthenaPlace place;
  private final AthenaStatements statements;
  private final AthenaQueries queries;

  /**
   * Views at a place.
   *
   * @param pause between two looks at a statement that runs
   */
  public AthenaViews(AthenaClient athena, AthenaPlace place, InstantSource clock, Pause pause) {
    this.place = place;
    this.statements = new AthenaStatements(athena, place, clock, pause);
    this.queries = new AthenaQueries(athena, place);
  }

  @Override
  public void createOrReplace(CatalogView view) {
    statements.run("make the view '" + view.name() + "'", AthenaDdl.view(view));
  }

  @Override
  public void prepare(PreparedQuery query) {
    queries.prepare(query);
  }

  @Override
  public String place() {
    return place.workgroup();
  }
}
