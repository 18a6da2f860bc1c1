package dev.afterbay.consumer.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.KeyReference;
import dev.afterbay.consumer.config.Secrets;
import dev.afterbay.consumer.config.SecretsContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AwsSecretsIT extends SecretsContract {
  private static final String ARN =
      "arn:aws:secretsmanager:eu-west-1:123456789012:secret:hash-AbCdEf";

  @TempDir Path dir;

  private final List<String> requests = Collections.synchronizedList(new ArrayList<>());
  private HttpServer server;
  private int status;
  private String answer = "";

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext("/", this::answer);
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @Override
  protected Secrets holding(Optional<String> key) throws IOException {
    return key.isPresent()
        ? answering(200, "{\"SecretString\":\"" + key.get().replace("\n", "\\n") + "\"}")
        : answering(400, "{\"__type\":\"ResourceNotFoundException\",\"message\":\"no\"}");
  }

  @Override
  protected KeyReference reference() {
    return KeyReference.parse(ARN);
  }

  @Test
  void theSecretIsAskedForByItsArnInItsOwnRegion() throws IOException {
    assertThat(holding(Optional.of("0123456789abcdef")).load(reference())).hasSize(16);

    assertThat(requests)
        .singleElement()
        .asString()
        .contains("secretsmanager.GetSecretValue", "/eu-west-1/secretsmanager/", ARN);
  }

  @Test
  void aSecretMayBeBytes() throws IOException {
    byte[] key = new byte[32];
    key[7] = -1;

    assertThat(
            answering(200, "{\"SecretBinary\":\"" + Base64.getEncoder().encodeToString(key) + "\"}")
                .load(reference()))
        .isEqualTo(key);
  }

  @Test
  void aRefusalNamesTheAction() throws IOException {
    Secrets secrets = answering(400, "{\"__type\":\"AccessDeniedException\",\"message\":\"no\"}");

    assertThatThrownBy(() -> secrets.load(reference()))
        .isInstanceOf(Failure.class)
        .hasMessage(
            "The key of 'protect-key' cannot be had: Access denied: Secrets Manager refuses"
                + " GetSecretValue; allow the IAM action secretsmanager:GetSecretValue");
  }

  @Test
  void aVariableIsNotLookedForInSecretsManager() throws IOException {
    Secrets secrets = answering(200, "{}");

    assertThatThrownBy(() -> secrets.load(new KeyReference.Variable("ABSENT")))
        .hasMessageStartingWith("The environment variable ABSENT is not set");
    assertThat(requests).isEmpty();
  }

  private Secrets answering(int status, String answer) throws IOException {
    this.status = status;
    this.answer = answer;
    Path file =
        Files.writeString(
            dir.resolve("afterbay.yaml"),
            """
            application: shop
            region: us-east-1
            endpoints: { secrets-manager: "http://127.0.0.1:%d" }
            lake: s3://afterbay/lake
            tables: [ { name: Orders } ]
            """
                .formatted(server.getAddress().getPort()));
    return AwsSecrets.of(AfterbayConfig.read(file, Map.of()), Map.of());
  }

  private void answer(HttpExchange exchange) throws IOException {
    requests.add(
        exchange.getRequestHeaders().getFirst("X-Amz-Target")
            + " "
            + exchange.getRequestHeaders().getFirst("Authorization")
            + " "
            + new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8));
    byte[] body = answer.getBytes(StandardCharsets.UTF_8);
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
    exchange.close();
  }
}
