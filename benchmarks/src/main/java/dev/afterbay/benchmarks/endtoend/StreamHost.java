package dev.afterbay.benchmarks.endtoend;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.afterbay.benchmarks.load.Orders;
import dev.afterbay.benchmarks.load.Skew;
import dev.afterbay.benchmarks.load.Texture;
import dev.afterbay.local.stream.Giving;
import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.stream.StreamServer;
import dev.afterbay.local.stream.StreamSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Serves the measured table's stream in front of DynamoDB Local, its records rendered before it
 * begins, and prints a JSON line when ready. The shards have ended by then and go on in children,
 * unless they are to stay open. With a rate each record is there from a moment of its own on, which
 * it tells as its time. Each line of standard input says what readers get from then on ({@link
 * Giving}), and is answered by a line; it ends with the input.
 */
@Command(name = "stream-host")
public final class StreamHost implements Callable<Integer> {
  @Option(names = "--shards", defaultValue = "1")
  private int shards;

  @Option(names = "--records", defaultValue = "0")
  private int records;

  @Option(names = "--open", description = "The shards stay open.")
  private boolean open;

  @Option(names = "--rate", defaultValue = "0", description = "Records a second.")
  private int rate;

  @Option(names = "--from", description = "When the first record of a rate comes.")
  private Instant from = Instant.EPOCH;

  @Option(names = "--items", defaultValue = "100000")
  private int items;

  @Option(names = "--skew", defaultValue = "EVEN")
  private Skew skew = Skew.EVEN;

  @Option(names = "--texture", defaultValue = "WORDS")
  private Texture texture = Texture.WORDS;

  @Option(names = "--port", defaultValue = "0")
  private int port;

  @Option(names = "--dynamodb")
  private @Nullable URI dynamodb;

  /** Runs until its standard input ends. */
  public static void main(String[] arguments) {
    System.exit(new CommandLine(new StreamHost()).execute(arguments));
  }

  @Override
  public Integer call() throws IOException {
    InstantSource clock = InstantSource.system();
    ScriptedStream stream = new ScriptedStream(Orders.TABLE, StreamSettings.seeded(1), clock);
    stream.keepNoHistory();
    stream.account().onlyCount();
    stream.enable(shards);
    Orders orders = new Orders(new Orders.Shape(items, skew, texture), 1);
    for (int i = 0; i < records; i++) {
      stream.append(orders.next(rate > 0 ? due(i) : clock.instant()));
    }
    if (rate > 0) {
      stream.give(Giving.DUE);
    }
    if (!open) {
      // What ends is committed at once: nobody has to wait until the last commits are old enough.
      stream.rollAll();
    }
    System.gc();
    try (StreamServer server =
        dynamodb == null
            ? StreamServer.start(stream, port)
            : StreamServer.startBefore(dynamodb, stream, port)) {
      tell(stream, server);
      follow(stream, server);
    }
    return 0;
  }

  private Instant due(int record) {
    return from.plusNanos(Duration.ofSeconds(1).toNanos() * record / rate);
  }

  private static void follow(ScriptedStream stream, StreamServer server) throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      stream.give(Giving.valueOf(line));
      tell(stream, server);
    }
  }

  private static void tell(ScriptedStream stream, StreamServer server) {
    System.out.println(
        JsonNodeFactory.instance
            .objectNode()
            .put("endpoint", server.endpoint().toString())
            .put("streamArn", stream.latestArn().orElseThrow())
            .put("records", stream.account().records()));
    System.out.flush();
  }
}
