package dev.afterbay.consumer.aws;

import dev.afterbay.consumer.config.AfterbayConfig;
import java.util.Optional;
import software.amazon.awssdk.http.SdkHttpClient;
import software.amazon.awssdk.services.sts.StsClient;
import software.amazon.awssdk.services.sts.model.GetCallerIdentityResponse;

/**
 * Who this process is to AWS.
 *
 * @param arn of the user or of the role's session
 * @param account of twelve digits
 */
public record CallerIdentity(String arn, String account) {
  /** Asks AWS, which tells everybody who has credentials. */
  public static CallerIdentity of(AfterbayConfig config) {
    Patience patience = Patience.ANSWER;
    try (SdkHttpClient http = AwsClients.http(patience);
        StsClient sts =
            AwsClients.set(StsClient.builder(), config, Optional.empty(), patience)
                .httpClient(http)
                .build()) {
      GetCallerIdentityResponse caller = sts.getCallerIdentity();
      return new CallerIdentity(caller.arn(), caller.account());
    }
  }
}
