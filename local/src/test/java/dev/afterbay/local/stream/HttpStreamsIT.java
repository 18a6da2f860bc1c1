package dev.afterbay.local.stream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

class HttpStreamsIT extends StreamsContract {
  private TestStream stream;
  private StreamServer server;
  private TestClients clients;

  @BeforeEach
  void start() {
    stream = TestStream.ofOneShard();
    server = StreamServer.start(stream.script(), 0);
    clients = TestClients.of(server.endpoint());
  }

  @AfterEach
  void stop() {
    clients.close();
    server.close();
  }

  @Override
  Table table() {
    return new TestStream.AsTable(stream, clients.streams());
  }
}
