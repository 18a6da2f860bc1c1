package dev.afterbay.reconciliation.export;

import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.sinks.tostorage.ObjectStore;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** The bytes of one object, of which one piece at a time is in memory, and their MD5. */
final class ObjectInput extends InputStream {
  /** Large enough that requests cost little, small enough for many readers side by side. */
  static final int PIECE = 8 * 1024 * 1024;

  private final ObjectStore store;
  private final ObjectKey key;
  private final long size;
  private final MessageDigest md5;
  private ByteBuffer piece = ByteBuffer.allocate(0);
  private long fetched;

  ObjectInput(ObjectStore store, ObjectKey key) {
    this.store = store;
    this.key = key;
    this.size = store.head(key).orElseThrow(() -> Damage.missing(key)).size();
    this.md5 = md5();
  }

  long size() {
    return size;
  }

  /** Reads what nobody has read, and tells the MD5 of the whole object in base64. */
  String md5OfAll() {
    while (fetched < size) {
      fetch();
    }
    return Base64.getEncoder().encodeToString(md5.digest());
  }

  @Override
  public int read() {
    return isAtEnd() ? -1 : piece.get() & 0xff;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    if (length == 0) {
      return 0;
    }
    if (isAtEnd()) {
      return -1;
    }
    int copied = Math.min(length, piece.remaining());
    piece.get(into, offset, copied);
    return copied;
  }

  /** More than what is in memory: gunzip takes zero for the end. */
  @Override
  public int available() {
    return (int) Math.min(Integer.MAX_VALUE, size - fetched + piece.remaining());
  }

  private boolean isAtEnd() {
    if (!piece.hasRemaining() && fetched < size) {
      fetch();
    }
    return !piece.hasRemaining();
  }

  private void fetch() {
    int length = (int) Math.min(PIECE, size - fetched);
    byte[] content = store.get(key, fetched, length).orElseThrow(() -> Damage.missing(key));
    if (content.length != length) {
      throw Damage.of(key, "changed while it was read");
    }
    fetched += length;
    md5.update(content);
    piece = ByteBuffer.wrap(content);
  }

  static MessageDigest md5() {
    try {
      return MessageDigest.getInstance("MD5");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has MD5", e);
    }
  }
}
