package dev.afterbay.local.aws;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.IOException;
import java.util.Map;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP endpoint of DynamoDB and its streams. A call goes to the {@link Operation} registered
 * for it, otherwise to the one for all others.
 */
final class Front {
  static final String ROLL_SHARDS = "/_afterbay/roll-shards";
  private static final Logger LOG = LoggerFactory.getLogger(Front.class);

  private final LoopbackServer server;

  private Front(LoopbackServer server) {
    this.server = server;
  }

  static Front start(int port, Engine engine, Operation others, Map<String, Operation> operations)
      throws Exception {
    return new Front(LoopbackServer.start("dynamodb", port, new Calls(engine, others, operations)));
  }

  int port() {
    return server.port();
  }

  void stop() throws Exception {
    server.stop();
  }

  private static final class Calls extends Handler.Abstract {
    private final Engine engine;
    private final Operation others;
    private final Map<String, Operation> operations;

    Calls(Engine engine, Operation others, Map<String, Operation> operations) {
      this.engine = engine;
      this.others = others;
      this.operations = operations;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback)
        throws IOException {
      if (request.getMethod().equals("POST")
          && Request.getPathInContext(request).equals(ROLL_SHARDS)) {
        engine.rollShards();
        Answer.ok("{}".getBytes(US_ASCII)).send(request, response, callback);
        return true;
      }
      String target = request.getHeaders().get("X-Amz-Target");
      byte[] body = LoopbackServer.body(request);
      Call call = new Call(request, response, target == null ? "" : target, body);
      answer(call).send(request, response, callback);
      return true;
    }

    private Answer answer(Call call) {
      try {
        return operations.getOrDefault(call.operation(), others).answer(call);
      } catch (RuntimeException e) {
        LOG.error("{} failed", call.operation(), e);
        return new Answer(500, Answer.error("InternalFailure", String.valueOf(e)).body());
      }
    }
  }
}
