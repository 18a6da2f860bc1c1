package dev.afterbay.local.stream;

import java.util.Arrays;
import java.util.Optional;

/** One of the four operations of DynamoDB Streams. */
public enum StreamCall {
  /** Which streams there are. */
  LIST_STREAMS("ListStreams"),
  /** Which shards a stream has. */
  DESCRIBE_STREAM("DescribeStream"),
  /** A place in a shard. */
  GET_SHARD_ITERATOR("GetShardIterator"),
  /** The records at that place. */
  GET_RECORDS("GetRecords");

  private final String operation;

  StreamCall(String operation) {
    this.operation = operation;
  }

  /** Its name in the API. */
  public String operation() {
    return operation;
  }

  /** The call of that name in the API. */
  static Optional<StreamCall> named(String operation) {
    return Arrays.stream(values()).filter(call -> call.operation.equals(operation)).findFirst();
  }
}
