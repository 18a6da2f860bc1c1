package dev.afterbay.consumer.aws;

import dev.afterbay.consumer.config.AfterbayConfig;
import dev.afterbay.consumer.config.KeyReference;
import dev.afterbay.consumer.config.Secrets;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.secretsmanager.SecretsManagerClient;
import software.amazon.awssdk.services.secretsmanager.model.GetSecretValueResponse;
import software.amazon.awssdk.services.secretsmanager.model.ResourceNotFoundException;

/** Keys in Secrets Manager, fetched with a client of their own: it is needed once in a process. */
public final class AwsSecrets implements Secrets {
  private final AfterbayConfig config;

  /** Asks with the region of the secret, and with the credentials of the configuration. */
  AwsSecrets(AfterbayConfig config) {
    this.config = config;
  }

  /** Keys in environment variables and in Secrets Manager. */
  public static Secrets of(AfterbayConfig config, Map<String, String> environment) {
    return Secrets.ofEnvironment(environment, new AwsSecrets(config));
  }

  @Override
  public byte[] load(KeyReference reference) {
    if (!(reference instanceof KeyReference.Secret secret)) {
      throw new IllegalArgumentException(reference.text() + " is no secret of Secrets Manager");
    }
    Patience patience = Patience.ANSWER;
    try (SdkHttpClient http = AwsClients.http(patience);
        SecretsManagerClient client =
            AwsClients.set(
                    SecretsManagerClient.builder(),
                    config,
                    config.endpoints().secretsManager(),
                    patience)
                .region(Region.of(secret.region()))
                .httpClient(http)
                .build()) {
      return Secrets.checked(
          reference, key(client.getSecretValue(request -> request.secretId(secret.arn()))));
    } catch (ResourceNotFoundException e) {
      throw new Failure(
          "There is no secret " + secret.arn() + ", or it has no value; correct 'protect-key'", e);
    } catch (SdkException e) {
      throw new Failure("The key of 'protect-key' cannot be had: " + Sentences.of(e), e);
    }
  }

  private static byte[] key(GetSecretValueResponse secret) {
    return secret.secretBinary() == null
        ? secret.secretString().getBytes(StandardCharsets.UTF_8)
        : secret.secretBinary().asByteArray();
  }
}
