package dev.afterbay.local.aws;

import dev.afterbay.local.export.ExportReply;
import dev.afterbay.local.export.ExportSettings;
import dev.afterbay.local.export.ExportStore;
import dev.afterbay.local.export.ExportedTables;
import dev.afterbay.local.export.Exports;
import java.net.URI;
import java.time.InstantSource;

/** The calls about exports, which the engine does not know. */
final class Exporting implements Operation {
  private final ExportStore store;
  private final Exports exports;

  private Exporting(ExportStore store, Exports exports) {
    this.store = store;
    this.exports = exports;
  }

  static Exporting of(ExportedTables tables, URI s3, ExportSettings settings) {
    ExportStore store = ExportStore.at(s3);
    return new Exporting(store, new Exports(tables, store, settings, InstantSource.system()));
  }

  @Override
  public Answer answer(Call call) {
    ExportReply reply = exports.answer(call.operation(), call.body());
    return new Answer(reply.status(), reply.body());
  }

  void stop() {
    exports.close();
    store.close();
  }
}
