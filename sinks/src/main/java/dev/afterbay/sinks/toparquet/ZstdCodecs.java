package dev.afterbay.sinks.toparquet;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/** Zstandard for Parquet pages, without Hadoop's codecs. One instance serves one writer. */
final class ZstdCodecs implements CompressionCodecFactory {
  private static final int LEVEL = 3;

  private final ZstdCompressCtx context = new ZstdCompressCtx().setLevel(LEVEL);

  @Override
  public BytesInputCompressor getCompressor(CompressionCodecName codec) {
    refuseOthers(codec);
    return new BytesInputCompressor() {
      @Override
      public BytesInput compress(BytesInput bytes) throws IOException {
        byte[] plain = copy(bytes);
        byte[] compressed = new byte[Math.toIntExact(Zstd.compressBound(plain.length))];
        int length =
            context.compressByteArray(compressed, 0, compressed.length, plain, 0, plain.length);
        return BytesInput.from(compressed, 0, length);
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
  public void release() {
    context.close();
  }

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
