package dev.afterbay.consumer.health;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;

/** The files of the status page, which is all that a browser loads besides the JSON. */
enum Page {
  HTML("/", "status.html", "text/html; charset=utf-8"),
  STYLE("/status.css", "status.css", "text/css; charset=utf-8"),
  SCRIPT("/status.js", "status.js", "text/javascript; charset=utf-8"),
  LINEAGE("/lineage.js", "lineage.js", "text/javascript; charset=utf-8"),
  PARTS("/parts.js", "parts.js", "text/javascript; charset=utf-8"),
  CHART("/chart.js", "chart.js", "text/javascript; charset=utf-8");

  private final String path;
  private final String resource;
  private final String contentType;

  Page(String path, String resource, String contentType) {
    this.path = path;
    this.resource = resource;
    this.contentType = contentType;
  }

  /** What is answered for a path, if it is one of them. */
  static Optional<Reply> reply(String path) {
    for (Page page : values()) {
      if (page.path.equals(path)) {
        return Optional.of(new Reply(200, page.contentType, page.text()));
      }
    }
    return Optional.empty();
  }

  private String text() {
    try (InputStream file = Page.class.getResourceAsStream(resource)) {
      return new String(
          Objects.requireNonNull(file, resource).readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
