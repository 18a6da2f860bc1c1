package dev.afterbay.consumer.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.zip.CRC32;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.AwsRequestOverrideConfiguration;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.RetryableException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.Abortable;
import software.amazon.awssdk.http.SdkHttpResponse;

/**
 * Takes the body of one call's answer before the SDK reads it, and gives the SDK another to read.
 * Signing, repeats and errors stay the SDK's: a body that is damaged or cut off on its way is asked
 * for again, as it would be without this.
 */
public final class BodyTap {
  private static final ExecutionAttribute<BodyTap> TAP =
      new ExecutionAttribute<>("AfterbayBodyTap");
  private static final String CHECKSUM = "x-amz-crc32";
  private static final String ENCODING = "Content-Encoding";
  private static final String LENGTH = "Content-Length";

  /** Of DynamoDB's pages, which have 1 MB of records, with room for their spelling. */
  private static final int LARGEST_PAGE = 16 << 20;

  private final UnaryOperator<byte[]> reader;
  private byte @Nullable [] substitute;

  /**
   * A tap for one call.
   *
   * @param reader is given the body of each attempt that succeeded, and says what the SDK is to
   *     read in its place; of several the last one counts
   */
  public BodyTap(UnaryOperator<byte[]> reader) {
    this.reader = reader;
  }

  /** Sets the tap for the call of a request, beside what the request has been told. */
  public AwsRequestOverrideConfiguration into(Optional<AwsRequestOverrideConfiguration> call) {
    return call.map(AwsRequestOverrideConfiguration::toBuilder)
        .orElseGet(AwsRequestOverrideConfiguration::builder)
        .putExecutionAttribute(TAP, this)
        .build();
  }

  /** To be known to every client whose calls may have a tap. */
  static final class Interceptor implements ExecutionInterceptor {
    @Override
    public SdkHttpResponse modifyHttpResponse(
        Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
      BodyTap tap = attributes.getAttribute(TAP);
      return tap == null
          ? context.httpResponse()
          : tap.take(context.httpResponse(), context.responseBody());
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
        Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
      BodyTap tap = attributes.getAttribute(TAP);
      byte[] substitute = tap == null ? null : tap.substitute;
      return substitute == null
          ? context.responseBody()
          : Optional.of(new ByteArrayInputStream(substitute));
    }
  }

  private SdkHttpResponse take(SdkHttpResponse response, Optional<InputStream> content) {
    substitute = null;
    if (!response.isSuccessful() || content.isEmpty()) {
      return response;
    }
    byte[] body = read(response, content.get());
    substitute = reader.apply(body);
    return response.toBuilder()
        .removeHeader(CHECKSUM)
        .removeHeader(ENCODING)
        .removeHeader(LENGTH)
        .build();
  }

  private static byte[] read(SdkHttpResponse response, InputStream content) {
    try {
      byte[] received = received(response, content);
      content.close();
      response
          .firstMatchingHeader(CHECKSUM)
          .ifPresent(expected -> check(Long.parseLong(expected), received));
      boolean packed = response.firstMatchingHeader(ENCODING).filter("gzip"::equals).isPresent();
      return packed ? unpacked(received) : received;
    } catch (IOException e) {
      if (content instanceof Abortable connection) {
        connection.abort(); // To close it would wait for what does not come.
      }
      if (e instanceof InterruptedIOException && !(e instanceof SocketTimeoutException)) {
        throw AbortedException.create("Interrupted while an answer arrived", e);
      }
      throw cutOff(e);
    }
  }

  /** All of the content, in one array of its announced length if that is what comes. */
  private static byte[] received(SdkHttpResponse response, InputStream content) throws IOException {
    int announced = response.firstMatchingHeader(LENGTH).map(BodyTap::length).orElse(0);
    byte[] bytes = new byte[announced];
    int read = content.readNBytes(bytes, 0, announced);
    byte[] more = read < announced ? new byte[0] : content.readAllBytes();
    if (read == announced && more.length == 0) {
      return bytes;
    }
    byte[] all = Arrays.copyOf(bytes, read + more.length);
    System.arraycopy(more, 0, all, read, more.length);
    return all;
  }

  /** What can be made room for beforehand; 0 if nothing can. */
  private static int length(String announced) {
    try {
      long length = Long.parseLong(announced);
      return length < 0 || length > LARGEST_PAGE ? 0 : (int) length;
    } catch (NumberFormatException e) {
      return 0;
    }
  }

  private static RetryableException cutOff(IOException cause) {
    return RetryableException.create("An answer could not be read: " + cause.getMessage(), cause);
  }

  private static void check(long expected, byte[] received) {
    CRC32 checksum = new CRC32();
    checksum.update(received);
    if (checksum.getValue() != expected) {
      throw RetryableException.create(
          "An answer was damaged on its way: its CRC32 is "
              + checksum.getValue()
              + " and should be "
              + expected);
    }
  }

  private static byte[] unpacked(byte[] received) throws IOException {
    try (InputStream plain = new GZIPInputStream(new ByteArrayInputStream(received))) {
      return plain.readAllBytes();
    }
  }
}
