package dev.afterbay.transforms.image;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;

/** An immutable run of bytes, ordered as unsigned bytes from the first to the last. */
public final class Bytes implements Comparable<Bytes> {
  private final byte[] content;

  private Bytes(byte[] content) {
    this.content = content;
  }

  /** Copies the array. */
  public static Bytes of(byte[] content) {
    return new Bytes(content.clone());
  }

  /** Copies what remains in the buffer, and leaves its position alone. */
  public static Bytes of(ByteBuffer buffer) {
    byte[] content = new byte[buffer.remaining()];
    buffer.duplicate().get(content);
    return new Bytes(content);
  }

  static Bytes fromBase64(String text) {
    return new Bytes(Base64.getDecoder().decode(text));
  }

  /** How many bytes there are. */
  public int length() {
    return content.length;
  }

  /** A copy of the bytes. */
  public byte[] toByteArray() {
    return content.clone();
  }

  /** A read-only view of the bytes. */
  public ByteBuffer asByteBuffer() {
    return ByteBuffer.wrap(content).asReadOnlyBuffer();
  }

  /** The bytes in base64, with padding, in the standard alphabet. */
  public String base64() {
    return Base64.getEncoder().encodeToString(content);
  }

  @Override
  public int compareTo(Bytes other) {
    return Arrays.compareUnsigned(content, other.content);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Bytes bytes && Arrays.equals(content, bytes.content);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(content);
  }

  @Override
  public String toString() {
    return content.length + " bytes";
  }
}
