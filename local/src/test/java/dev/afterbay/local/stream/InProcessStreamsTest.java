package dev.afterbay.local.stream;

class InProcessStreamsTest extends StreamsContract {
  @Override
  Table table() {
    TestStream stream = TestStream.ofOneShard();
    return new TestStream.AsTable(stream, new ScriptedStreamsClient(stream.script()));
  }
}
