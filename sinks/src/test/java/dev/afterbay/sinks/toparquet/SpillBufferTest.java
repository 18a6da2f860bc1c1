package dev.afterbay.sinks.toparquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SpillBufferTest {
  @TempDir private Path scratch;

  /** Pieces as Parquet writes them: single bytes, a few, and pages. */
  @ParameterizedTest
  @ValueSource(ints = {1, 1_000, SpillBuffer.MEMORY_BYTES, SpillBuffer.MEMORY_BYTES + 1, 3_000_000})
  void whatIsWrittenInAnyPiecesIsReadAtAnyPlace(int total) throws IOException {
    Random random = new Random(total);
    SpillBuffer buffer = new SpillBuffer(scratch);
    OutputStream output = buffer.output();
    ByteArrayOutputStream expected = new ByteArrayOutputStream();
    while (expected.size() < total) {
      int most = new int[] {1, 20, 5_000, 70_000, 200_000}[random.nextInt(5)];
      byte[] piece = new byte[Math.min(total - expected.size(), 1 + random.nextInt(most))];
      random.nextBytes(piece);
      expected.write(piece);
      if (piece.length == 1) {
        output.write(piece[0]);
      } else {
        output.write(piece);
      }
      assertThat(buffer.size()).isEqualTo(expected.size());
      if (random.nextInt(20) == 0) {
        assertThat(read(buffer, 0, expected.size())).isEqualTo(expected.toByteArray());
      }
    }
    output.close();

    byte[] all = expected.toByteArray();
    assertThat(read(buffer, 0, total)).isEqualTo(all);
    for (int i = 0; i < 20; i++) {
      int from = random.nextInt(total);
      int length = 1 + random.nextInt(total - from);
      assertThat(read(buffer, from, length))
          .isEqualTo(Arrays.copyOfRange(all, from, from + length));
    }
    assertThat(buffer.memory()).isLessThanOrEqualTo(SpillBuffer.MEMORY_BYTES);
    buffer.discard();
    assertThat(buffer.memory()).isZero();
    try (Stream<Path> left = Files.list(scratch)) {
      assertThat(left).isEmpty();
    }
  }

  private static byte[] read(SpillBuffer buffer, long from, int length) throws IOException {
    ByteBuffer target = ByteBuffer.allocate(length);
    buffer.read(from, target);
    assertThat(target.hasRemaining()).isFalse();
    return target.array();
  }
}
