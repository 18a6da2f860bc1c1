package dev.afterbay.consumer.worker;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.StreamRecord;

class RecordWeightTest {
  @Test
  void aListWithAHoleIsWeighedLikeOneWithoutIt() {
    AttributeValue full = AttributeValue.fromL(List.of(AttributeValue.fromNul(true)));
    AttributeValue hole = AttributeValue.builder().l(Arrays.asList((AttributeValue) null)).build();

    assertThat(weight(hole)).isEqualTo(weight(full));
  }

  @Test
  void nestedValuesWeighMoreThanTheirText() {
    AttributeValue flat = AttributeValue.fromS("x");
    AttributeValue nested = AttributeValue.fromM(Map.of("a", flat, "b", flat));

    assertThat(weight(nested)).isEqualTo(3 * (weight(flat) - weight(null)) + weight(null));
  }

  private static long weight(@Nullable AttributeValue value) {
    StreamRecord.Builder change = StreamRecord.builder().sizeBytes(10L);
    if (value != null) {
      change.newImage(Map.of("v", value));
    }
    return RecordWeight.of(List.of(Record.builder().dynamodb(change.build()).build()));
  }
}
