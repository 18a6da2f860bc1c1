package dev.afterbay.reconciliation.compare;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.sinks.toparquet.ParquetFooter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KnownColumnsTest {
  private static final Instant NINE = Instant.parse("2026-11-21T09:00:00Z");
  private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

  @TempDir Path folder;

  @Test
  void theTimeOfStreamRowsWithinTheBoundsIsKnown() throws IOException {
    ParquetFooter.Layout rows = file("'STREAM'", "'label'", "TIMESTAMP '2026-11-21 10:00:00'");

    assertThat(KnownColumns.of(rows, Optional.of(NINE), NOON))
        .isEqualTo(new KnownColumns(Optional.of("label"), Optional.of(NINE)));
    assertThat(KnownColumns.of(rows, Optional.empty(), NOON).time()).contains(Instant.EPOCH);
  }

  @Test
  void atABoundEveryTimeIsRead() throws IOException {
    ParquetFooter.Layout rows = file("'STREAM'", "'label'", "TIMESTAMP '2026-11-21 10:00:00'");
    Instant first = Instant.parse("2026-11-21T10:00:00Z");
    Instant last = Instant.parse("2026-11-21T10:00:00.009999Z");

    assertThat(KnownColumns.of(rows, Optional.of(first), last.plusNanos(1000)).time())
        .contains(first);
    assertThat(KnownColumns.of(rows, Optional.of(first.plusNanos(1000)), NOON).time()).isEmpty();
    assertThat(KnownColumns.of(rows, Optional.of(first), last).time()).isEmpty();
  }

  @Test
  void ofRowsOfOtherOriginEveryTimeIsRead() throws IOException {
    ParquetFooter.Layout repaired = file("'REPAIR'", "'label'", "TIMESTAMP '2026-11-21 10:00:00'");
    ParquetFooter.Layout mixed =
        file("if(i = 7, 'HEAL', 'STREAM')", "'label'", "TIMESTAMP '2026-11-21 10:00:00'");

    assertThat(KnownColumns.of(repaired, Optional.empty(), NOON).time()).isEmpty();
    assertThat(KnownColumns.of(mixed, Optional.empty(), NOON).time()).isEmpty();
  }

  @Test
  void aSingleTimeAndASingleStreamAreKnownWhateverTheOrigin() throws IOException {
    Path path = folder.resolve("one.parquet");
    write(path, "'EXPORT'", "'-'", "TIMESTAMP '2026-11-21 10:00:00'");

    assertThat(KnownColumns.of(layout(path), Optional.of(NOON), NINE))
        .isEqualTo(
            new KnownColumns(Optional.of("-"), Optional.of(Instant.parse("2026-11-21T10:00:00Z"))));
  }

  @Test
  void oneOfSeveralStreamsAndANullAreNotKnown() throws IOException {
    String time = "TIMESTAMP '2026-11-21 10:00:00'";

    assertThat(
            KnownColumns.of(
                file("'STREAM'", "if(i < 5000, 'a', 'b')", time), Optional.empty(), NOON)
                .stream())
        .isEmpty();
    assertThat(
            KnownColumns.of(file("'STREAM'", "if(i = 5, NULL, 'a')", time), Optional.empty(), NOON)
                .stream())
        .isEmpty();
    assertThat(
            KnownColumns.of(file("'STREAM'", "repeat('a', 100)", time), Optional.empty(), NOON)
                .stream())
        .isEmpty();
  }

  /** Ten thousand rows in several row groups, a microsecond apart. */
  private ParquetFooter.Layout file(String origin, String stream, String time) throws IOException {
    Path path = Files.createTempFile(folder, "rows-", ".parquet");
    write(path, origin, stream, time + " + to_microseconds(i)");
    return layout(path);
  }

  private void write(Path path, String origin, String stream, String time) {
    try (Duck duck = Duck.inMemory(new Duck.Limits(256L << 20, 1, folder))) {
      duck.run("SET preserve_insertion_order = true");
      duck.run(
          "COPY (SELECT %s AS cdc_origin, %s AS cdc_stream, %s AS cdc_time FROM range(10000) t(i)) TO '%s' (FORMAT parquet, ROW_GROUP_SIZE 4096)"
              .formatted(origin, stream, time, path));
    }
  }

  private static ParquetFooter.Layout layout(Path path) throws IOException {
    byte[] content = Files.readAllBytes(path);
    return ParquetFooter.layout(
        content.length,
        (offset, length) -> Arrays.copyOfRange(content, (int) offset, (int) offset + length));
  }
}
