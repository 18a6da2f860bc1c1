package dev.afterbay.consumer.doctor;

import dev.afterbay.consumer.config.AfterbayConfig;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.http.SdkHttpResponse;
import software.amazon.awssdk.services.s3.S3Client;

/** Whether this machine's clock is that of AWS, by the {@code Date} of an answer. */
final class ClockCheck {
  /** The slack that audits and read-through notes have; S3 itself bears a quarter of an hour. */
  private static final Duration MOST = Duration.ofSeconds(5);

  private final AfterbayConfig config;
  private final S3Client s3;
  private final InstantSource clock;

  ClockCheck(AfterbayConfig config, S3Client s3, InstantSource clock) {
    this.config = config;
    this.s3 = s3;
    this.clock = clock;
  }

  Outcome look() {
    Instant before = clock.instant();
    Optional<Instant> told = date();
    Instant after = clock.instant();
    if (told.isEmpty()) {
      return Outcome.skipped("the answers of this endpoint have no date");
    }
    // The header has whole seconds: the answer left in the second that begins with it.
    Duration ahead = Duration.between(told.get().plusSeconds(1), before);
    Duration behind = Duration.between(after, told.get());
    if (ahead.compareTo(MOST) > 0) {
      return off(ahead, "ahead of");
    }
    return behind.compareTo(MOST) > 0
        ? off(behind, "behind")
        : Outcome.ok("this clock and that of S3 agree to within %d s".formatted(MOST.toSeconds()));
  }

  private static Outcome off(Duration skew, String where) {
    return Outcome.failed(
        "this machine's clock is %d s %s that of S3".formatted(skew.toSeconds(), where),
        "set it by the network: chronyc makestep (on AWS the server is 169.254.169.123)");
  }

  private Optional<Instant> date() {
    try {
      return date(
          s3.headBucket(request -> request.bucket(config.lake().bucket())).sdkHttpResponse());
    } catch (AwsServiceException e) {
      // A refusal has a date as well.
      return Optional.ofNullable(e.awsErrorDetails())
          .flatMap(details -> Optional.ofNullable(details.sdkHttpResponse()))
          .flatMap(ClockCheck::date);
    }
  }

  private static Optional<Instant> date(SdkHttpResponse response) {
    try {
      return response
          .firstMatchingHeader("Date")
          .map(text -> DateTimeFormatter.RFC_1123_DATE_TIME.parse(text, Instant::from));
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }
}
