package dev.afterbay.reconciliation.export;

import com.sun.management.OperatingSystemMXBean;
import dev.afterbay.sinks.tostorage.MemoryObjectStore;
import dev.afterbay.sinks.tostorage.ObjectKey;
import dev.afterbay.transforms.image.Image;
import java.lang.management.ManagementFactory;
import java.util.Base64;
import java.util.Locale;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/**
 * What reading an export and digesting its items costs, run by hand: processor seconds of the whole
 * process for a million items of half a kilobyte, several times in one JVM.
 */
final class ReadingCost {
  private static final int ITEMS = 200_000;

  private ReadingCost() {}

  public static void main(String[] arguments) {
    OperatingSystemMXBean system =
        (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    MemoryObjectStore store = new MemoryObjectStore();
    ObjectKey key = new ObjectKey("data/x.json.gz");
    byte[] content =
        ExportFiles.gzip(IntStream.range(0, ITEMS).mapToObj(ReadingCost::line).toList());
    store.overwrite(key, content);
    DataFile file = new DataFile(key, ITEMS, ExportFiles.md5(content));
    ExportReader reader = new ExportReader(store);
    System.out.printf(
        Locale.ROOT, "%d items, a line of %d bytes%n", ITEMS, line(ITEMS / 2).length());
    for (int round = 0; round < 6; round++) {
      long[] sum = new long[1];
      long before = system.getProcessCpuTime();
      reader.read(file, LineVisitor.items(item -> sum[0] += Image.of(item).digest().hashCode()));
      long digested = system.getProcessCpuTime();
      reader.read(file, LineVisitor.items(item -> sum[0]++));
      long read = system.getProcessCpuTime();
      reader.verify(file);
      long verified = system.getProcessCpuTime();
      System.out.printf(
          Locale.ROOT,
          "read and digest %.2f, read %.2f, verify %.2f CPU-s per million (%d)%n",
          perMillion(digested - before),
          perMillion(read - digested),
          perMillion(verified - read),
          sum[0]);
    }
  }

  private static double perMillion(long nanos) {
    return nanos / 1e9 / ITEMS * 1e6;
  }

  /** Twelve attributes, as a shop has them. */
  private static String line(int number) {
    SplittableRandom random = new SplittableRandom(number);
    byte[] token = new byte[24];
    random.nextBytes(token);
    return String.format(
        Locale.ROOT,
        "{\"Item\":{\"PK\":{\"S\":\"USER#%08d\"},\"SK\":{\"S\":\"ORDER#%010d\"},"
            + "\"Total\":{\"N\":\"%d.%02d\"},\"Status\":{\"S\":\"%s\"},\"CreatedAt\":{\"S\":\"2026-11-%02dT%02d:12:33Z\"},"
            + "\"Lines\":{\"L\":[{\"M\":{\"sku\":{\"S\":\"SKU-%06d\"},\"n\":{\"N\":\"%d\"}}}]},"
            + "\"Tags\":{\"SS\":[\"blue\",\"gift\",\"t%d\"]},\"Paid\":{\"BOOL\":true},\"Note\":{\"NULL\":true},"
            + "\"Token\":{\"B\":\"%s\"},\"Email\":{\"S\":\"user%d@example.com\"},\"Text\":{\"S\":\"%x %x some words to fill it\"}}}",
        number % 50_000,
        number,
        random.nextInt(1000),
        random.nextInt(10, 100),
        random.nextBoolean() ? "SHIPPED" : "OPEN",
        1 + random.nextInt(28),
        random.nextInt(24),
        random.nextInt(1_000_000),
        1 + random.nextInt(9),
        random.nextInt(100),
        Base64.getEncoder().encodeToString(token),
        number,
        random.nextLong(),
        random.nextLong());
  }
}
