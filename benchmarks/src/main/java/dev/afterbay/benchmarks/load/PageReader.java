package dev.afterbay.benchmarks.load;

import dev.afterbay.consumer.aws.SdkReading;
import dev.afterbay.transforms.fromstream.StreamedRecord;
import dev.afterbay.transforms.fromstream.WirePage;
import java.util.List;

/**
 * From the body of an answer to what {@code ShardPipeline} accepts, as the worker does it: all that
 * is to change here when the worker reads bodies in another way.
 */
public final class PageReader implements AutoCloseable {
  private final SdkReading sdk = new SdkReading();

  /** The records of a page, read from its bytes; the SDK reads the rest of the answer. */
  public List<StreamedRecord> read(byte[] body) {
    WirePage page = WirePage.find(body).orElseThrow();
    sdk.records(page.rest());
    return page.records(sdk::record);
  }

  /** The records of a page, all of them read by the SDK. */
  public List<StreamedRecord> readByTheSdk(byte[] body) {
    return sdk.records(body).stream().map(StreamedRecord::of).toList();
  }

  @Override
  public void close() {
    sdk.close();
  }
}
