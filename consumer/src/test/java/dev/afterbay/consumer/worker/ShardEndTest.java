package dev.afterbay.consumer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.transforms.change.SequenceNumber;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.GetRecordsResponse;
import software.amazon.awssdk.services.dynamodb.model.Record;

class ShardEndTest {
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
  private static final ShardPage EMPTY = ShardPage.empty(null);

  private final ShardEnd end = new ShardEnd();

  @Test
  void anEmptyPageAloneIsNoEnd() {
    pages(EMPTY, EMPTY, EMPTY);

    assertThat(end.reached()).isEmpty();
  }

  @Test
  void afterSeveralEmptyPagesEverythingOfFiveSecondsAgoWasRead() {
    pages(page("100"), EMPTY, EMPTY, EMPTY, EMPTY);

    assertThat(end.reached())
        .contains(
            new ShardEnd.Reached(
                NOON.plusSeconds(4).minusSeconds(5), Optional.of(SequenceNumber.parse("100"))));
  }

  @Test
  void aShardThatNeverHadARecordHasAnEndToo() {
    pages(EMPTY, EMPTY, EMPTY, EMPTY);

    assertThat(end.reached())
        .contains(new ShardEnd.Reached(NOON.plusSeconds(3).minusSeconds(5), Optional.empty()));
  }

  @Test
  void aRecordMovesTheEnd() {
    pages(EMPTY, EMPTY, EMPTY, EMPTY, page("7"), EMPTY, EMPTY, EMPTY);

    assertThat(end.reached()).isEmpty();
  }

  @Test
  void afterARecordWithoutANumberNothingCanBeSaid() {
    pages(page("7"), page("seven"), EMPTY, EMPTY, EMPTY, EMPTY);

    assertThat(end.reached()).isEmpty();
  }

  private void pages(ShardPage... pages) {
    for (int i = 0; i < pages.length; i++) {
      end.see(NOON.plusSeconds(i), pages[i]);
    }
  }

  private static ShardPage page(String last) {
    return SdkPages.of(
        GetRecordsResponse.builder()
            .records(
                Record.builder().dynamodb(r -> r.sequenceNumber("1")).build(),
                Record.builder().dynamodb(r -> r.sequenceNumber(last)).build())
            .build());
  }
}
