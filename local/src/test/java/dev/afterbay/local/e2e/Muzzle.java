package dev.afterbay.local.e2e;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to a service on which the service can be silenced: connections are accepted, requests are
 * taken, and nothing ever comes back, as when a network swallows packets.
 */
final class Muzzle implements AutoCloseable {
  private final ServerSocket server;
  private final URI service;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private volatile boolean silent;
  private volatile boolean swallowed;

  private Muzzle(ServerSocket server, URI service) {
    this.server = server;
    this.service = service;
  }

  static Muzzle before(URI service) {
    try {
      Muzzle muzzle =
          new Muzzle(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), service);
      muzzle.inBackground(muzzle::accept);
      return muzzle;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  URI endpoint() {
    return URI.create("http://127.0.0.1:" + server.getLocalPort());
  }

  /** From now on no answer gets through. */
  void silence() {
    silent = true;
  }

  /** New connections are served again; those of before stay silent. */
  void speak() {
    silent = false;
  }

  /** Whether an answer was kept back. */
  boolean swallowed() {
    return swallowed;
  }

  private void accept() throws IOException {
    while (!server.isClosed()) {
      Socket client = server.accept();
      Socket behind = new Socket(service.getHost(), service.getPort());
      open.add(client);
      open.add(behind);
      inBackground(() -> copy(client, behind));
      inBackground(() -> answer(behind, client));
    }
  }

  private void answer(Socket from, Socket to) throws IOException {
    InputStream in = from.getInputStream();
    OutputStream out = to.getOutputStream();
    byte[] buffer = new byte[64 * 1024];
    boolean swallowing = false;
    for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
      swallowing |= silent;
      if (swallowing) {
        swallowed = true;
      } else {
        out.write(buffer, 0, read);
      }
    }
    if (!swallowing) {
      to.close();
    }
  }

  private static void copy(Socket from, Socket to) throws IOException {
    from.getInputStream().transferTo(to.getOutputStream());
    to.close();
  }

  private interface Work {
    void run() throws IOException;
  }

  private void inBackground(Work work) {
    Thread thread =
        new Thread(
            () -> {
              try {
                work.run();
              } catch (IOException e) {
                // The other side has gone, as it may.
              }
            },
            "muzzle");
    thread.setDaemon(true);
    thread.start();
  }

  @Override
  public void close() {
    try {
      server.close();
      for (Socket socket : open) {
        socket.close();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
