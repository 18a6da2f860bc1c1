package dev.afterbay.local.aws;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.thread.QueuedThreadPool;

/** An HTTP server on a loopback port. */
public final class LoopbackServer {
  private static final int THREADS = 64;
  private static final int IDLE_MILLIS = 300_000;

  private final Server server;
  private final ServerConnector connector;

  private LoopbackServer(Server server, ServerConnector connector) {
    this.server = server;
    this.connector = connector;
  }

  /**
   * Starts to answer; port 0 picks a free one.
   *
   * @param name of its threads
   */
  public static LoopbackServer start(String name, int port, Handler handler) throws Exception {
    QueuedThreadPool threads = new QueuedThreadPool(THREADS);
    threads.setName(name);
    threads.setDaemon(true);
    Server server = new Server(threads);
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    connector.setPort(port);
    connector.setIdleTimeout(IDLE_MILLIS);
    server.addConnector(connector);
    server.setHandler(handler);
    server.start();
    return new LoopbackServer(server, connector);
  }

  /** Where it listens. */
  public int port() {
    return connector.getLocalPort();
  }

  /** Ends it, with all connections. */
  public void stop() throws Exception {
    server.stop();
  }

  /** The whole body of a request. */
  public static byte[] body(Request request) throws IOException {
    ByteBuffer buffer = Content.Source.asByteBuffer(request);
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }
}
