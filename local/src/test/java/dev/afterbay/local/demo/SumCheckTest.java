package dev.afterbay.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.local.workload.StreamCount.Position;
import dev.afterbay.transforms.change.SequenceNumber;
import dev.afterbay.transforms.change.ShardId;
import dev.afterbay.transforms.change.StreamLabel;
import dev.afterbay.transforms.change.StreamShard;
import dev.afterbay.transforms.change.TableName;
import java.util.List;
import org.junit.jupiter.api.Test;

class SumCheckTest {
  private static final Position A = position("s-1", 1);
  private static final Position B = position("s-1", 2);
  private static final Position C = position("s-2", 2);

  @Test
  void eachRecordOnceIsExact() {
    SumCheck sums = SumCheck.of(List.of(A, B, C), List.of(C, A, B));

    assertThat(sums).isEqualTo(new SumCheck(3, 3, 0, 0, 0));
    assertThat(sums.exact()).isTrue();
  }

  @Test
  void aMissingRowIsNotHiddenByADuplicate() {
    SumCheck sums = SumCheck.of(List.of(A, B), List.of(A, A));

    assertThat(sums).isEqualTo(new SumCheck(2, 2, 1, 1, 0));
    assertThat(sums.exact()).isFalse();
  }

  @Test
  void aRowThatNoStreamHoldsIsAStranger() {
    SumCheck sums = SumCheck.of(List.of(A), List.of(A, C));

    assertThat(sums).isEqualTo(new SumCheck(1, 2, 0, 0, 1));
    assertThat(sums.exact()).isFalse();
  }

  private static Position position(String shard, int sequenceNumber) {
    return new Position(
        new StreamShard(new TableName("TTT"), new StreamLabel("now"), new ShardId(shard)),
        SequenceNumber.parse("" + sequenceNumber));
  }
}
