package dev.afterbay.consumer.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.consumer.config.Endpoints;
import java.net.URI;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EndpointCheckTest {
  private static final Optional<URI> HERE = Optional.of(URI.create("http://127.0.0.1:1"));
  private static final Optional<URI> AWS = Optional.empty();

  @Test
  void aServiceThatIsLeftToAwsByAccidentIsNamed() throws Exception {
    Outcome found = new EndpointCheck(new Endpoints(HERE, AWS, AWS, AWS, AWS)).look();

    assertThat(found.verdict()).isEqualTo(Verdict.WARN);
    assertThat(found.found()).contains("s3 is that of AWS");
    assertThat(found.fix().orElseThrow()).startsWith("add 'endpoints: { s3: ");
  }

  @Test
  void awsItselfIsOk() throws Exception {
    assertThat(new EndpointCheck(Endpoints.AWS).look()).isEqualTo(Outcome.ok("AWS itself"));
  }
}
