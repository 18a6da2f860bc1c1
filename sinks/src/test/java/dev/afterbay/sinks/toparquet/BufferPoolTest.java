package dev.afterbay.sinks.toparquet;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class BufferPoolTest {
  private static final int KIB = 1024;

  private final BufferPool pool = new BufferPool(100 * KIB);

  @Test
  void whatWasGivenBackServesTheNextThatAsksForAboutAsMuch() {
    byte[] first = pool.take(9_000);
    assertThat(first).hasSizeBetween(9_000, 9_000 + 9_000 / 4);

    pool.giveBack(first);

    assertThat(pool.unusedBytes()).isEqualTo(first.length);
    assertThat(pool.take(9_500)).isSameAs(first);
    assertThat(pool.unusedBytes()).isZero();
    assertThat(pool.take(9_500)).isNotSameAs(first);
  }

  @Test
  void anArrayIsAtLeastAsLongAsAskedForAndAtMostAQuarterLonger() {
    for (int size = 0; size < 300_000; size = size * 9 / 8 + 1) {
      byte[] array = pool.take(size);

      assertThat(array.length).isBetween(size, size + size / 4);
      assertThat(pool.take(array.length)).hasSameSizeAs(array);
    }
  }

  @Test
  void smallOnesAndOnesThatNobodyTookHereAreNotKept() {
    pool.giveBack(new byte[BufferPool.LEAST_BYTES - 1]);
    pool.giveBack(new byte[9_001]);
    pool.giveBack(new byte[128 * KIB]);

    assertThat(pool.unusedBytes()).isZero();
  }

  @Test
  void pastTheLimitTheSizeGoesThatNobodyHasAskedForTheLongest() {
    byte[] old = pool.take(24 * KIB);
    byte[] asked = pool.take(32 * KIB);
    byte[] last = pool.take(40 * KIB);
    pool.giveBack(asked);
    pool.giveBack(old);
    pool.giveBack(pool.take(32 * KIB));
    assertThat(pool.unusedBytes()).isEqualTo(56 * KIB);

    pool.take(16 * KIB);
    pool.giveBack(last);

    assertThat(pool.unusedBytes()).isEqualTo(72 * KIB);
    assertThat(pool.take(32 * KIB)).isSameAs(asked);
    assertThat(pool.take(40 * KIB)).isSameAs(last);
  }

  @Test
  void theMoreIsInUseTheLessLiesUnusedButAlwaysALittle() {
    byte[] unused = pool.take(80 * KIB);
    byte[] little = pool.take(8 * KIB);
    pool.giveBack(unused);
    pool.giveBack(little);
    assertThat(pool.unusedBytes()).isEqualTo(88 * KIB);

    pool.take(16 * KIB);
    assertThat(pool.unusedBytes()).as("the size goes that was given first").isEqualTo(8 * KIB);

    pool.take(640 * KIB);
    assertThat(pool.unusedBytes()).isEqualTo(8 * KIB);
  }

  @Test
  void whatIsForgottenIsNotInUse() {
    pool.forget(pool.take(96 * KIB).length);
    byte[] array = pool.take(96 * KIB);

    pool.giveBack(array);

    assertThat(pool.take(96 * KIB)).isSameAs(array);
  }

  @Test
  void aWriterThatIsGivenUpHasNothingAnyMore() {
    MeteredBuffers buffers = new MeteredBuffers(pool);
    ByteBuffer lost = buffers.allocate(96 * KIB);

    buffers.abandon();
    buffers.release(lost);

    assertThat(buffers.held()).isZero();
    assertThat(pool.unusedBytes()).isZero();
    byte[] array = pool.take(96 * KIB);
    pool.giveBack(array);
    assertThat(pool.unusedBytes()).as("nothing is taken for used").isEqualTo(array.length);
  }

  @Test
  void aWriterHasWhatItDidNotGiveBackAndGivesEachBackOnce() {
    MeteredBuffers buffers = new MeteredBuffers(pool);
    ByteBuffer one = buffers.allocate(9_000);
    ByteBuffer other = buffers.allocate(10);

    assertThat(one.remaining()).isEqualTo(9_000).isEqualTo(one.capacity());
    assertThat(one.arrayOffset()).isZero();
    assertThat(buffers.held()).isEqualTo(one.array().length + 10L);

    buffers.release(one);
    buffers.release(one);
    buffers.release(ByteBuffer.allocate(10));

    assertThat(buffers.held()).isEqualTo(10);
    assertThat(pool.unusedBytes()).isEqualTo(one.array().length);
    buffers.release(other);
    assertThat(buffers.held()).isZero();
  }
}
