package dev.afterbay.consumer.aws;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.CatalogConfig;
import dev.afterbay.sinks.catalog.CatalogView;
import dev.afterbay.sinks.tocatalog.CatalogException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class CatalogClientsIT {
  @TempDir Path dir;

  @Test
  @Timeout(30)
  void aClosedPortIsNamedAndMayBeTriedAgain() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    AfterbayConfig config = config(port);

    try (CatalogClients clients =
        CatalogClients.open(
            config, (CatalogConfig.Glue) config.catalog(), InstantSource.system())) {
      assertThat(sentence(() -> clients.catalog().entries("shop")))
          .startsWith("Nobody answers at Glue (http://127.0.0.1:" + port + ");");
      assertThat(
              sentence(
                  () ->
                      clients
                          .views()
                          .orElseThrow()
                          .createOrReplace(new CatalogView("v", "", "SELECT 1"))))
          .startsWith("Nobody answers at Athena (http://127.0.0.1:" + port + ");");
    }
  }

  private static String sentence(ThrowingCallable call) {
    CatalogException failure = catchThrowableOfType(CatalogException.class, call);
    assertThat(failure.kind()).isEqualTo(CatalogException.Kind.UNAVAILABLE);
    return Sentences.of(failure);
  }

  private AfterbayConfig config(int port) throws IOException {
    return AfterbayConfig.read(
        Files.writeString(
            dir.resolve("afterbay.yaml"),
            """
            application: shop
            region: us-east-1
            endpoints: { glue: "http://127.0.0.1:%d", athena: "http://127.0.0.1:%d" }
            lake: s3://afterbay/lake
            tables: [ { name: Orders } ]
            """
                .formatted(port, port)),
        Map.of());
  }
}
