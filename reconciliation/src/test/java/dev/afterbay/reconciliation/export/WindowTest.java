package dev.afterbay.reconciliation.export;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.afterbay.transforms.change.TableName;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class WindowTest {
  private static final Instant NOON = Shop.NOON;

  @Test
  void aFractionOfASecondIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Window.Full(NOON.plusMillis(1)))
        .withMessage(
            "An export's times are whole seconds, not 2026-11-21T12:00:00.001Z;"
                + " leave the fraction out");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Window.Incremental(NOON, NOON.plusSeconds(3600).plusNanos(1)));
  }

  @Test
  void anIncrementalWindowSpansAQuarterOfAnHourToADay() {
    assertThatCode(() -> new Window.Incremental(NOON, NOON.plus(Duration.ofMinutes(15))))
        .doesNotThrowAnyException();
    assertThatCode(() -> new Window.Incremental(NOON, NOON.plus(Duration.ofHours(24))))
        .doesNotThrowAnyException();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Window.Incremental(NOON, NOON.plusSeconds(899)))
        .withMessage(
            "An incremental export spans 15 minutes at least, not from 2026-11-21T12:00:00Z to"
                + " 2026-11-21T12:14:59Z; begin earlier or end later");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Window.Incremental(NOON, NOON.plusSeconds(86_401)))
        .withMessage(
            "An incremental export spans 24 hours at most, not from 2026-11-21T12:00:00Z to"
                + " 2026-11-22T12:00:01Z; ask for several, one after the other");
  }

  @Test
  void aPlaceIsABucketAndASoundPrefix() {
    assertThatCode(() -> new ExportPlace("lake", "")).doesNotThrowAnyException();
    assertThatIllegalArgumentException().isThrownBy(() -> new ExportPlace("lake/x", "exports"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new ExportPlace("lake", "exports/"))
        .withMessageContaining("'exports/'");
  }

  @Test
  void aRequestNamesOneTable() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new ExportRequest(
                    new TableName("shop"),
                    "arn:aws:dynamodb:eu-west-1:123456789012:table/other",
                    new Window.Full(NOON),
                    Shop.PLACE))
        .withMessage(
            "Not the ARN of table 'shop': arn:aws:dynamodb:eu-west-1:123456789012:table/other");
  }
}
