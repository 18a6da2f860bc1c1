package dev.afterbay.local.stream;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.afterbay.local.aws.Json;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code stream}: a scripted stream in a process of its own, in the foreground until SIGTERM. */
@Command(
    name = "stream",
    description = {
      "Serves a scripted DynamoDB stream on a loopback port until SIGTERM.",
      "Prints one JSON line when ready. POST /_afterbay/… writes the script."
    })
public final class StreamCommand implements Callable<Integer> {
  @Option(
      names = "--table",
      paramLabel = "NAME",
      defaultValue = "Scripted",
      description = "Its table.")
  private String table;

  @Option(
      names = "--port",
      paramLabel = "P",
      defaultValue = "0",
      description = "0 picks a free one.")
  private int port;

  @Option(names = "--shards", paramLabel = "N", defaultValue = "1", description = "Open shards.")
  private int shards;

  @Option(
      names = "--records",
      paramLabel = "N",
      defaultValue = "0",
      description = "Generated records to begin with.")
  private int records;

  @Option(
      names = "--bytes",
      paramLabel = "N",
      defaultValue = "500",
      description = "About the size of an image.")
  private int bytes;

  @Option(names = "--seed", paramLabel = "S", defaultValue = "1", description = "Of all chance.")
  private long seed;

  @Option(
      names = "--dynamodb",
      paramLabel = "URL",
      description = "The endpoint that answers all other calls.")
  private @Nullable URI dynamodb;

  @Spec private CommandSpec spec;

  /** Runs the command alone. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StreamCommand()).execute(arguments));
  }

  @Override
  public Integer call() throws InterruptedException {
    InstantSource clock = InstantSource.system();
    ScriptedStream stream =
        new ScriptedStream(ScriptedTable.named(table), StreamSettings.seeded(seed), clock);
    stream.enable(shards);
    GeneratedChanges changes =
        new GeneratedChanges(
            stream.table(), GeneratedChanges.Shape.ORDINARY.ofBytes(bytes), seed, clock);
    for (int i = 0; i < records; i++) {
      stream.append(changes.get());
    }
    StreamServer server =
        dynamodb == null
            ? StreamServer.start(stream, port, changes)
            : StreamServer.startBefore(dynamodb, stream, port, changes);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> end(server), "end"));
    PrintWriter out = spec.commandLine().getOut();
    out.println(ready(stream, server));
    out.flush();
    new CountDownLatch(1).await();
    return 0;
  }

  private static String ready(ScriptedStream stream, StreamServer server) {
    byte[] line =
        Json.write(
            JsonNodeFactory.instance
                .objectNode()
                .put("endpoint", server.endpoint().toString())
                .put("table", stream.table().name().value())
                .put("streamArn", stream.latestArn().orElseThrow())
                .put("records", stream.account().records()));
    return new String(line, StandardCharsets.UTF_8);
  }

  /** SIGTERM is the ordinary end of this command; left alone, the JVM would call it a failure. */
  private static void end(StreamServer server) {
    server.close();
    Runtime.getRuntime().halt(0);
  }
}
