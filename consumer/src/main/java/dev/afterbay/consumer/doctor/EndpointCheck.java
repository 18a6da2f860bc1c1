package dev.afterbay.consumer.doctor;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.afterbay.consumer.config.Endpoints;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;

/** Where the services are, and what is known of those that are not AWS. */
final class EndpointCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(2);

  private final Endpoints endpoints;

  EndpointCheck(Endpoints endpoints) {
    this.endpoints = endpoints;
  }

  Outcome look() throws InterruptedException {
    if (!endpoints.local()) {
      return Outcome.ok("AWS itself");
    }
    if (endpoints.dynamodb().isEmpty() || endpoints.s3().isEmpty()) {
      String missing = endpoints.dynamodb().isEmpty() ? "dynamodb" : "s3";
      return Outcome.warn(
          "only some services are local: " + missing + " is that of AWS",
          "add 'endpoints: { " + missing + ": http://127.0.0.1:… }', or remove the others");
    }
    URI dynamodb = endpoints.dynamodb().get();
    JsonNode health = health(dynamodb);
    return health.has("services")
        ? Outcome.warn(
            ("LocalStack %s: its streams are those of DynamoDB Local (ShardFilter is ignored, no"
                    + " shard ever splits), permissions are not enforced, and exports may be"
                    + " missing")
                .formatted(health.path("version").asText("of unknown version")),
            "./afterbay local --dir DIR serves DynamoDB and S3 with these quirks repaired; or set"
                + " 'heal: manual' and leave 'audit' out")
        : Outcome.ok("local: " + dynamodb + ", " + endpoints.s3().get());
  }

  /** What LocalStack says of itself under an address of its own; nothing from anybody else. */
  private static JsonNode health(URI endpoint) throws InterruptedException {
    ObjectMapper json = new ObjectMapper();
    try {
      HttpRequest request =
          HttpRequest.newBuilder(endpoint.resolve("/_localstack/health")).timeout(PATIENCE).build();
      HttpResponse<String> answer =
          HttpClient.newBuilder()
              .connectTimeout(PATIENCE)
              .build()
              .send(request, HttpResponse.BodyHandlers.ofString());
      return answer.statusCode() == 200 ? json.readTree(answer.body()) : json.createObjectNode();
    } catch (IOException e) {
      // Whether anybody answers at all, the other checks say.
      return json.createObjectNode();
    }
  }
}
