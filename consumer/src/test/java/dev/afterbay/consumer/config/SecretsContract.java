package dev.afterbay.consumer.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What every place of keys does. */
public abstract class SecretsContract {
  /** The place, with one key in it, or with none. */
  protected abstract Secrets holding(Optional<String> key) throws Exception;

  /** What names the key in that place. */
  protected abstract KeyReference reference();

  @Test
  void aKeyIsHandedOutAsItIsStored() throws Exception {
    assertThat(holding(Optional.of("sixteen bytes ä\n")).load(reference()))
        .isEqualTo("sixteen bytes ä\n".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void aShortKeyIsRefused() throws Exception {
    Secrets secrets = holding(Optional.of("fifteen letters"));

    assertThatThrownBy(() -> secrets.load(reference()))
        .hasMessage(
            "The key in "
                + reference().text()
                + " has 15 bytes; 'protect-key' needs at least 16, better 32 random ones (openssl"
                + " rand -hex 32)");
  }

  @Test
  void aKeyThatIsNotThereIsNamed() throws Exception {
    Secrets secrets = holding(Optional.empty());

    assertThatThrownBy(() -> secrets.load(reference()))
        .hasMessageContaining("'protect-key'")
        .hasMessageContaining(reference().text().replace("env:", ""));
  }
}
