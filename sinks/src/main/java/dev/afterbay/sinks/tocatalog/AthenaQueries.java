package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.catalog.PreparedQuery;
import dev.afterbay.sinks.catalog.Site;
import dev.afterbay.sinks.tocatalog.CatalogException.Kind;
import java.util.Optional;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.athena.AthenaClient;
import software.amazon.awssdk.services.athena.model.InvalidRequestException;
import software.amazon.awssdk.services.athena.model.PreparedStatement;
import software.amazon.awssdk.services.athena.model.ResourceNotFoundException;

/**
 * The prepared queries of a workgroup. All databases share their names, so each of ours says in its
 * description which lake it is of.
 */
final class AthenaQueries {
  private static final int LONGEST_DESCRIPTION = 1024;

  private final AthenaClient athena;
  private final AthenaPlace place;
  private final String mark;
  private final SdkFailures failures =
      new SdkFailures("athena", "do without views ('catalog: { views: none }')");

  AthenaQueries(AthenaClient athena, AthenaPlace place) {
    this.athena = athena;
    this.place = place;
    this.mark = " (" + Site.OWNER + "=" + place.lake() + ")";
  }

  /** Creates or updates it, if need be. */
  void prepare(PreparedQuery query) {
    String description =
        CommentText.fitting(query.comment(), LONGEST_DESCRIPTION - mark.length()) + mark;
    Optional<PreparedStatement> held = find(query);
    if (held.isEmpty()) {
      Optional<PreparedStatement> other = created(query, description);
      if (other.isEmpty()) {
        return;
      }
      held = other;
    }
    refuseUnlessOurs(held.get());
    if (!query.sql().equals(held.get().queryStatement())
        || !description.equals(held.get().description())) {
      update(query, description);
    }
  }

  /** Empty if it was created; the other one if somebody was faster. */
  private Optional<PreparedStatement> created(PreparedQuery query, String description) {
    try {
      athena.createPreparedStatement(
          create ->
              create
                  .statementName(query.name())
                  .workGroup(place.workgroup())
                  .queryStatement(query.sql())
                  .description(description));
      return Optional.empty();
    } catch (InvalidRequestException e) {
      // So Athena says that the name is taken, and anything else that it does not like.
      Optional<PreparedStatement> other = find(query);
      if (other.isEmpty()) {
        throw failures.translated(doing(query), "CreatePreparedStatement", e);
      }
      return other;
    } catch (SdkException e) {
      throw failures.translated(doing(query), "CreatePreparedStatement", e);
    }
  }

  private void update(PreparedQuery query, String description) {
    failures.translating(
        doing(query),
        "UpdatePreparedStatement",
        () ->
            athena.updatePreparedStatement(
                update ->
                    update
                        .statementName(query.name())
                        .workGroup(place.workgroup())
                        .queryStatement(query.sql())
                        .description(description)));
  }

  private Optional<PreparedStatement> find(PreparedQuery query) {
    try {
      return Optional.of(
          athena
              .getPreparedStatement(
                  get -> get.statementName(query.name()).workGroup(place.workgroup()))
              .preparedStatement());
    } catch (ResourceNotFoundException e) {
      return Optional.empty();
    } catch (SdkException e) {
      throw failures.translated(doing(query), "GetPreparedStatement", e);
    }
  }

  private void refuseUnlessOurs(PreparedStatement held) {
    String description = held.description();
    if (description == null || !description.endsWith(mark)) {
      throw new CatalogException(
          Kind.REFUSED,
          "The prepared statement '"
              + held.statementName()
              + "' of workgroup '"
              + place.workgroup()
              + "' should be the lake's, but there is one that was not made for this lake; choose"
              + " another workgroup ('catalog: { workgroup: … }'), delete it, or do without views"
              + " ('catalog: { views: none }')");
    }
  }

  private String doing(PreparedQuery query) {
    return "prepare '" + query.name() + "' in workgroup '" + place.workgroup() + "'";
  }
}
