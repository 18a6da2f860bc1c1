package dev.afterbay.local.stream;

import dev.afterbay.local.aws.LocalClients;
import dev.afterbay.local.aws.LocalEndpoints;
import java.net.URI;
import java.nio.file.Path;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.streams.DynamoDbStreamsClient;

/** SDK clients of one endpoint of DynamoDB. */
record TestClients(LocalClients all) implements AutoCloseable {
  static TestClients of(URI endpoint) {
    return new TestClients(
        new LocalClients(
            new LocalEndpoints(
                endpoint,
                endpoint,
                "us-east-1",
                LocalEndpoints.CREDENTIAL,
                LocalEndpoints.CREDENTIAL,
                "afterbay",
                Path.of("unused"))));
  }

  DynamoDbStreamsClient streams() {
    return all.streams();
  }

  DynamoDbClient tables() {
    return all.tables();
  }

  @Override
  public void close() {
    all.close();
  }
}
