package dev.afterbay.sinks.toparquet;

import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.apache.parquet.bytes.ByteBufferAllocator;

/**
 * The heap buffers of one Parquet writer, of a pool; it knows how many bytes the writer has not
 * given back.
 */
class MeteredBuffers implements ByteBufferAllocator {
  private final BufferPool pool;
  private final Set<ByteBuffer> lent = Collections.newSetFromMap(new IdentityHashMap<>());
  private long held;

  MeteredBuffers(BufferPool pool) {
    this.pool = pool;
  }

  /**
   * A buffer of just that size, with anything in it: whoever asks for one writes before it reads.
   */
  @Override
  public ByteBuffer allocate(int size) {
    ByteBuffer buffer = ByteBuffer.wrap(pool.take(size), 0, size).slice();
    lent.add(buffer);
    held += buffer.array().length;
    return buffer;
  }

  /** Takes a buffer back. One that is given back twice would have two users: it counts but once. */
  @Override
  public void release(ByteBuffer buffer) {
    if (lent.remove(buffer)) {
      held -= buffer.array().length;
      pool.giveBack(buffer.array());
    }
  }

  /** The writer is given up, with all that it has. */
  void abandon() {
    pool.forget(held);
    held = 0;
    lent.clear();
  }

  @Override
  public boolean isDirect() {
    return false;
  }

  /** How many bytes of the heap the writer has. */
  long held() {
    return held;
  }
}
