package dev.afterbay.sinks.toparquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.nio.ByteBuffer;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;

/**
 * One compressor of the process, of which there are as many as processors, with its buffers outside
 * the heap.
 *
 * <p>Compression of an array of the heap would forbid the garbage collector to run meanwhile (until
 * JDK 22). With many files that are written at once one such call follows the other without a
 * pause, and a thread that asks for memory is at last refused although there is plenty.
 */
final class ZstdCompressor {
  /** Of records that compress badly level 3 takes a third more processor time for no byte less. */
  private static final int LEVEL = 1;

  private static final int FIRST_BYTES = 64 * 1024;

  private static final BlockingQueue<ZstdCompressor> IDLE =
      new ArrayBlockingQueue<>(Runtime.getRuntime().availableProcessors());

  static {
    while (IDLE.offer(new ZstdCompressor())) {
      continue;
    }
  }

  private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);
  private ByteBuffer plain = ByteBuffer.allocateDirect(FIRST_BYTES);
  private ByteBuffer compressed = ByteBuffer.allocateDirect(FIRST_BYTES);

  private ZstdCompressor() {}

  /** The bytes as one frame. Waits for a processor's compressor if all are at work. */
  static byte[] compressed(BytesInput bytes) throws IOException {
    ZstdCompressor compressor = idle();
    try {
      return compressor.compress(bytes);
    } finally {
      IDLE.add(compressor);
    }
  }

  private static ZstdCompressor idle() throws IOException {
    try {
      return IDLE.take();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("Interrupted while a page waited to be compressed");
    }
  }

  private byte[] compress(BytesInput bytes) throws IOException {
    int size = Math.toIntExact(bytes.size());
    plain = emptied(plain, size);
    compressed = emptied(compressed, Math.toIntExact(Zstd.compressBound(size)));
    plain.put(bytes.toByteBuffer(HeapByteBufferAllocator.getInstance(), buffer -> {}));
    plain.flip();
    byte[] frame = new byte[context.compress(compressed, plain)];
    compressed.flip().get(frame);
    return frame;
  }

  private static ByteBuffer emptied(ByteBuffer buffer, int size) {
    if (buffer.capacity() >= size) {
      return buffer.clear();
    }
    return ByteBuffer.allocateDirect(Math.max(size, 2 * buffer.capacity()));
  }
}
