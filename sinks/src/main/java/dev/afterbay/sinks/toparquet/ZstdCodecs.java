package dev.afterbay.sinks.toparquet;

import com.github.luben.zstd.Zstd;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Zstandard for Parquet pages, without Hadoop's codecs. A file holds nothing between two pages: a
 * compressor's working memory of some megabytes, outside the heap, would otherwise stay with every
 * open one.
 */
final class ZstdCodecs implements CompressionCodecFactory {
  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    refuseOthers(codec);
    return new BytesInputCompressor() {
      @Override
      public BytesInput compress(BytesInput bytes) throws IOException {
        return BytesInput.from(ZstdCompressor.compressed(bytes));
      }

      @Override
      public CompressionCodecName getCodecName() {
        return CompressionCodecName.ZSTD;
      }

      @Override
      public void release() {}
    };
  }

  @Override
  public BytesInputDecompressor getDecompressor(CompressionCodecName codec) {
    refuseOthers(codec);
    return new BytesInputDecompressor() {
      @Override
      public BytesInput decompress(BytesInput bytes, int size) throws IOException {
        return BytesInput.from(Zstd.decompress(copy(bytes), size));
      }

      @Override
      public void decompress(ByteBuffer input, int inputSize, ByteBuffer output, int outputSize)
          throws IOException {
        byte[] compressed = new byte[inputSize];
        input.get(compressed);
        output.put(Zstd.decompress(compressed, outputSize));
      }

      @Override
      public void release() {}
    };
  }

  @Override
  public void release() {}

  private static byte[] copy(BytesInput bytes) throws IOException {
    try (InputStream stream = bytes.toInputStream()) {
      return stream.readNBytes(Math.toIntExact(bytes.size()));
    }
  }

  private static void refuseOthers(CompressionCodecName codec) {
    if (codec != CompressionCodecName.ZSTD) {
      throw new IllegalArgumentException("Afterbay's files are ZSTD, not " + codec);
    }
  }
}
