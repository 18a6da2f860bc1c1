package dev.afterbay.benchmarks.endtoend;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.afterbay.benchmarks.load.Orders;
import dev.afterbay.benchmarks.load.Skew;
import dev.afterbay.benchmarks.load.Texture;
import dev.afterbay.local.stream.ScriptedStream;
import dev.afterbay.local.stream.SteadyLoad;
import dev.afterbay.local.stream.StreamServer;
import dev.afterbay.local.stream.StreamSettings;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * Serves the measured table's stream in front of DynamoDB Local, its records rendered before it
 * begins, in shards that have ended by then and go on in children. Prints a JSON line when ready.
 * Each line of standard input is a rate a second, at which it appends until the next one, or says
 * that it is to withhold its records, or not any more; it tells after each how many records there
 * are, and ends with the input.
 */
@Command(name = "stream-host")
public final class StreamHost implements Callable<Integer> {
  static final String WITHHOLD = "withhold";
  static final String GIVE = "give";

  @Option(names = "--shards", defaultValue = "1")
  private int shards;

  @Option(names = "--records", defaultValue = "0")
  private int records;

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
    Orders orders = new Orders(new Orders.Shape(items, skew, texture), 1, clock);
    for (int i = 0; i < records; i++) {
      stream.append(orders.get());
    }
    if (records > 0) {
      // What ends is committed at once: nobody has to wait until the last commits are old enough.
      stream.rollAll();
    }
    System.gc();
    try (StreamServer server =
        dynamodb == null
            ? StreamServer.start(stream, port)
            : StreamServer.startBefore(dynamodb, stream, port)) {
      tell(stream, server);
      follow(stream, server, orders);
    }
    return 0;
  }

  private static void follow(ScriptedStream stream, StreamServer server, Orders orders)
      throws IOException {
    BufferedReader lines =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    SteadyLoad load = null;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      if (line.equals(WITHHOLD) || line.equals(GIVE)) {
        stream.withhold(line.equals(WITHHOLD));
      } else {
        if (load != null) {
          load.close();
        }
        int rate = Integer.parseInt(line.strip());
        load = rate == 0 ? null : SteadyLoad.start(stream, orders, rate);
      }
      tell(stream, server);
    }
    if (load != null) {
      load.close();
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
