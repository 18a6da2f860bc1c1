package dev.afterbay.consumer.image;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/** The regular files of a tar archive, in the format that image builders write. */
final class TarFiles {
  private static final int BLOCK = 512;

  private TarFiles() {}

  /** Content by name. */
  static Map<String, byte[]> read(InputStream tar) throws IOException {
    Map<String, byte[]> files = new TreeMap<>();
    String longName = "";
    byte[] header = tar.readNBytes(BLOCK);
    while (header.length == BLOCK && header[0] != 0) {
      String name = longName.isEmpty() ? text(header, 345, 155, 0, 100) : longName;
      int size = Integer.parseInt(text(header, 0, 0, 124, 12).trim(), 8);
      byte[] content = tar.readNBytes(size);
      tar.skipNBytes((BLOCK - size % BLOCK) % BLOCK);
      char type = (char) header[156];
      longName = type == 'L' ? new String(content, 0, size - 1, StandardCharsets.UTF_8) : "";
      if (type == 'x') {
        longName = path(new String(content, StandardCharsets.UTF_8));
      } else if (type == '0' || type == 0) {
        files.put(name, content);
      }
      header = tar.readNBytes(BLOCK);
    }
    return files;
  }

  private static String path(String extended) {
    return extended
        .lines()
        .filter(line -> line.contains(" path="))
        .map(line -> line.substring(line.indexOf('=') + 1))
        .findFirst()
        .orElse("");
  }

  private static String text(byte[] header, int prefixAt, int prefix, int at, int length) {
    String before = trimmed(header, prefixAt, prefix);
    return (before.isEmpty() ? "" : before + "/") + trimmed(header, at, length);
  }

  private static String trimmed(byte[] header, int at, int length) {
    int end = at;
    while (end < at + length && header[end] != 0) {
      end++;
    }
    return new String(header, at, end - at, StandardCharsets.UTF_8);
  }
}
