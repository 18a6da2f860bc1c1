package dev.afterbay.local.stream;

import dev.afterbay.local.aws.Answer;
import dev.afterbay.local.export.ExportReply;
import dev.afterbay.local.export.ExportSettings;
import dev.afterbay.local.export.ExportStore;
import dev.afterbay.local.export.ExportedTable;
import dev.afterbay.local.export.Exports;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.UUID;

/** The calls about exports of the scripted table. */
final class ScriptedExports implements AutoCloseable {
  private static final String PREFIX = "DynamoDB_20120810.";

  private final ExportStore store;
  private final Exports exports;

  private ScriptedExports(ExportStore store, Exports exports) {
    this.store = store;
    this.exports = exports;
  }

  static ScriptedExports of(ScriptedStream stream, URI s3, ExportSettings settings) {
    ScriptedTable table = stream.table();
    String id = UUID.nameUUIDFromBytes(table.arn().getBytes(StandardCharsets.UTF_8)).toString();
    ExportedTable exported = new ExportedTable(table.arn(), id, stream.history()::changes);
    ExportStore store = ExportStore.at(s3);
    return new ScriptedExports(
        store,
        new Exports(
            named ->
                named.equals(table.arn()) || named.equals(table.name().value())
                    ? Optional.of(exported)
                    : Optional.empty(),
            store,
            settings,
            stream::now));
  }

  /** Whether a call, by its {@code X-Amz-Target}, is about exports. */
  static boolean answers(String target) {
    return target.startsWith(PREFIX)
        && Exports.OPERATIONS.contains(target.substring(PREFIX.length()));
  }

  Answer answer(String target, byte[] body) {
    ExportReply reply = exports.answer(target.substring(PREFIX.length()), body);
    return new Answer(reply.status(), reply.body());
  }

  @Override
  public void close() {
    exports.close();
    store.close();
  }
}
