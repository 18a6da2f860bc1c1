package dev.afterbay.consumer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class EnvironmentSecretsTest extends SecretsContract {
  @Override
  protected Secrets holding(Optional<String> key) {
    return Secrets.ofEnvironment(
        key.map(text -> Map.of("HASH_KEY", text)).orElse(Map.of()),
        other -> {
          throw new IllegalStateException("asked for " + other.text());
        });
  }

  @Override
  protected KeyReference reference() {
    return new KeyReference.Variable("HASH_KEY");
  }

  @Test
  void aVariableThatIsNotSetIsNamed() {
    assertThatThrownBy(() -> holding(Optional.empty()).load(reference()))
        .hasMessage(
            "The environment variable HASH_KEY is not set; 'protect-key' names it as the key for"
                + " hashed attributes");
  }

  @Test
  void anyOtherReferenceIsForSomebodyElse() {
    String arn = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:hash-AbCdEf";
    KeyReference secret = KeyReference.parse(arn);

    assertThat(secret).isEqualTo(new KeyReference.Secret(arn, "eu-west-1"));
    assertThatThrownBy(() -> holding(Optional.empty()).load(secret)).hasMessage("asked for " + arn);
  }
}
