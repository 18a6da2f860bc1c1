package dev.afterbay.local.aws;

import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;

/**
 * One request to DynamoDB or its streams: the operation named by {@code X-Amz-Target}, and its JSON
 * body.
 */
record Call(Request http, Response sink, String target, byte[] body) {

  /** The target without its API version, for example {@code GetRecords}. */
  String operation() {
    return target.substring(target.indexOf('.') + 1);
  }

  Call withBody(byte[] other) {
    return new Call(http, sink, target, other);
  }

  /** Another operation of the same API, on behalf of the same client. */
  Call to(String operation, byte[] other) {
    return new Call(http, sink, target.substring(0, target.indexOf('.') + 1) + operation, other);
  }
}
