package dev.afterbay.sinks.toparquet;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * Bytes that are written once and then read: in memory while they are few, in a scratch file beyond
 * that. The scratch file goes when the buffer is discarded.
 */
public final class SpillBuffer {
  static final int MEMORY_BYTES = 256 * 1024;

  /**
   * A channel copies what goes between it and the heap through a buffer outside the heap, which
   * each thread keeps at the largest size that it ever needed. So the pieces are small.
   */
  private static final int PIECE_BYTES = 64 * 1024;

  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final Path scratch;
  private ByteArrayOutputStream memory = new ByteArrayOutputStream();
  private @Nullable FileChannel file;

  /**
   * What was written and is not in the file yet: Parquet writes its footer in very small pieces.
   */
  private ByteBuffer pending = NOTHING;

  private long size;

  /**
   * An empty buffer.
   *
   * @param scratch the folder for the scratch file; made when it is needed
   */
  SpillBuffer(Path scratch) {
    this.scratch = scratch;
  }

  /** How many bytes were written. */
  public long size() {
    return size;
  }

  /** How much of the heap the bytes take. */
  long memory() {
    return (long) memory.size() + pending.capacity();
  }

  /**
   * Copies bytes out.
   *
   * @param offset of the first byte
   * @param target filled up to its limit, or to the end of the bytes
   */
  public void read(long offset, ByteBuffer target) throws IOException {
    flush();
    FileChannel spilled = file;
    if (spilled == null) {
      int length = (int) Math.min(target.remaining(), size - offset);
      target.put(memory.toByteArray(), (int) offset, length);
      return;
    }
    long position = offset;
    while (target.hasRemaining() && position < size) {
      ByteBuffer piece = piece(target);
      position += spilled.read(piece, position);
      target.position(target.position() + piece.position());
    }
  }

  /** Frees memory and disk; nothing can be read afterwards. */
  public void discard() throws IOException {
    memory = new ByteArrayOutputStream(0);
    pending = NOTHING;
    FileChannel spilled = file;
    if (spilled != null) {
      spilled.close();
    }
  }

  OutputStream output() {
    return new OutputStream() {
      @Override
      public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
      }

      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        append(bytes, offset, length);
      }

      @Override
      public void flush() throws IOException {
        SpillBuffer.this.flush();
      }

      @Override
      public void close() throws IOException {
        flush();
        pending = NOTHING;
      }
    };
  }

  private void append(byte[] bytes, int offset, int length) throws IOException {
    if (file == null && size + length > MEMORY_BYTES) {
      spill();
    }
    if (file == null) {
      memory.write(bytes, offset, length);
    } else {
      collect(file, bytes, offset, length);
    }
    size += length;
  }

  private void collect(FileChannel spilled, byte[] bytes, int offset, int length)
      throws IOException {
    if (length > pending.remaining()) {
      flush();
    }
    if (length >= pending.capacity()) {
      writeFully(spilled, ByteBuffer.wrap(bytes, offset, length));
    } else {
      pending.put(bytes, offset, length);
    }
  }

  private void flush() throws IOException {
    FileChannel spilled = file;
    if (spilled != null) {
      writeFully(spilled, pending.flip());
      pending.clear();
    }
  }

  private void spill() throws IOException {
    Files.createDirectories(scratch);
    FileChannel spilled =
        FileChannel.open(
            Files.createTempFile(scratch, "segment-", ".parquet"),
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.DELETE_ON_CLOSE);
    file = spilled;
    pending = ByteBuffer.allocate(PIECE_BYTES);
    writeFully(spilled, ByteBuffer.wrap(memory.toByteArray()));
    memory = new ByteArrayOutputStream(0);
  }

  private static void writeFully(FileChannel channel, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      ByteBuffer piece = piece(bytes);
      channel.write(piece);
      bytes.position(bytes.position() + piece.position());
    }
  }

  /** A view of the next bytes, from its own position 0 on. */
  private static ByteBuffer piece(ByteBuffer bytes) {
    return bytes.slice(bytes.position(), Math.min(PIECE_BYTES, bytes.remaining()));
  }
}
