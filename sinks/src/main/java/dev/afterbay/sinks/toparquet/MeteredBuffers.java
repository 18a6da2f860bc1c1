package dev.afterbay.sinks.toparquet;

import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferAllocator;

/**
 * The heap buffers of one Parquet writer; it knows how many bytes the writer has not given back.
 */
final class MeteredBuffers implements ByteBufferAllocator {
  private long held;

  @Override
  public ByteBuffer allocate(int size) {
    held += size;
    return ByteBuffer.allocate(size);
  }

  @Override
  public void release(ByteBuffer buffer) {
    held -= buffer.capacity();
  }

  @Override
  public boolean isDirect() {
    return false;
  }

  long held() {
    return held;
  }
}
