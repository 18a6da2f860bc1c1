package dev.afterbay.local.export;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Which part of a table's history an export holds. */
sealed interface Coverage {
  /** The lines of the export, in no order that matters. */
  List<ExportLine> lines(List<PastChange> history);

  /** The last moment that it needs. */
  Instant until();

  /** Reads it from a request. */
  static Coverage asked(JsonNode request, Instant now) {
    String type = ExportJson.optional(request, "ExportType").orElse("FULL_EXPORT");
    if (type.equals("FULL_EXPORT")) {
      return new Full(ExportJson.time(request, "ExportTime").orElse(cut(now)));
    }
    if (!type.equals("INCREMENTAL_EXPORT")) {
      throw RefusedExportException.invalid("No ExportType: " + type);
    }
    JsonNode window = request.path("IncrementalExportSpecification");
    Instant from =
        ExportJson.time(window, "ExportFromTime")
            .orElseThrow(() -> RefusedExportException.invalid("ExportFromTime is missing"));
    Optional<Instant> to = ExportJson.time(window, "ExportToTime");
    String view = ExportJson.optional(window, "ExportViewType").orElse(Window.BOTH_IMAGES);
    return new Window(from, to.orElse(cut(now)), view);
  }

  private static Instant cut(Instant time) {
    return Instant.ofEpochSecond(time.getEpochSecond());
  }

  /**
   * All items as they were.
   *
   * @param at whole seconds
   */
  record Full(Instant at) implements Coverage {
    @Override
    public List<ExportLine> lines(List<PastChange> history) {
      return NetChanges.stateAt(history, at);
    }

    @Override
    public Instant until() {
      return at;
    }
  }

  /**
   * The net change of each item that was written in a time.
   *
   * @param from inclusive, whole seconds
   * @param to exclusive, whole seconds
   * @param view {@code NEW_IMAGE} or {@code NEW_AND_OLD_IMAGES}
   */
  record Window(Instant from, Instant to, String view) implements Coverage {
    static final String BOTH_IMAGES = "NEW_AND_OLD_IMAGES";
    private static final Duration SHORTEST = Duration.ofMinutes(15);
    private static final Duration LONGEST = Duration.ofHours(24);

    /** Checks the view and the length. */
    public Window {
      if (!view.equals(BOTH_IMAGES) && !view.equals("NEW_IMAGE")) {
        throw RefusedExportException.invalid("No ExportViewType: " + view);
      }
      Duration length = Duration.between(from, to);
      if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
        throw new RefusedExportException(
            "InvalidExportTimeException",
            "The time from %s to %s is not between 15 minutes and 24 hours".formatted(from, to));
      }
    }

    @Override
    public List<ExportLine> lines(List<PastChange> history) {
      return NetChanges.between(history, from, to, view.equals(BOTH_IMAGES));
    }

    @Override
    public Instant until() {
      return to;
    }
  }
}
