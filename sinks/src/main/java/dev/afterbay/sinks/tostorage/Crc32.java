package dev.afterbay.sinks.tostorage;

import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.zip.CRC32;

/** The CRC-32 of some bytes, written as S3 does: big-endian, in base64. */
final class Crc32 {
  private Crc32() {}

  static String of(ByteBuffer content) {
    CRC32 crc = new CRC32();
    crc.update(content.duplicate());
    byte[] bigEndian = ByteBuffer.allocate(Integer.BYTES).putInt((int) crc.getValue()).array();
    return Base64.getEncoder().encodeToString(bigEndian);
  }
}
