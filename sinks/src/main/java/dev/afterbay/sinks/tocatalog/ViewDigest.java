package dev.afterbay.sinks.tocatalog;

import dev.afterbay.sinks.catalog.AthenaDdl;
import dev.afterbay.sinks.catalog.CatalogView;
import dev.afterbay.sinks.catalog.PreparedQuery;
import dev.afterbay.sinks.catalog.SourceCatalog;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The texts of all views and queries of a source table in one figure. */
final class ViewDigest {
  /** The property that tells which views and queries were all made. */
  static final String VIEWS = "afterbay.views";

  private ViewDigest() {}

  /** The digest of the texts, and of the place where the queries are kept. */
  static String of(SourceCatalog catalog, String place) {
    MessageDigest digest = sha256();
    add(digest, place);
    for (CatalogView view : catalog.views()) {
      add(digest, view.name());
      add(digest, AthenaDdl.view(view));
    }
    for (PreparedQuery query : catalog.queries()) {
      add(digest, query.name());
      add(digest, query.comment());
      add(digest, query.sql());
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  private static void add(MessageDigest digest, String text) {
    digest.update(text.getBytes(StandardCharsets.UTF_8));
    digest.update((byte) 0);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256", e);
    }
  }
}
