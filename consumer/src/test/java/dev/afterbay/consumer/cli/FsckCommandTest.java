package dev.afterbay.consumer.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.afterbay.consumer.config.LakeLocation;
import dev.afterbay.consumer.fixture.SmallLake;
import dev.afterbay.sinks.check.LakeCheck;
import dev.afterbay.sinks.check.LakeReport;
import dev.afterbay.sinks.tostorage.ObjectKey;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FsckCommandTest {
  private static final LakeLocation LAKE = new LakeLocation("afterbay", "lake");
  private static final String STRAY = "lake/orders/changes/dt=2026-11-21/hh=05/stray.parquet";

  @TempDir Path scratch;

  @Test
  void aSoundLakeIsSaidToBeSo() {
    LakeReport report = check(new SmallLake(scratch));

    assertThat(text(report))
        .isEqualTo("Orders: records 3, files 2, commits 2, shards 1; findings 0\n");
    assertThat(FsckCommand.json(LAKE, Map.of(SmallLake.TABLE, report)))
        .hasToString(
            """
            {"lake":"s3://afterbay/lake","sound":true,"tables":[{"table":"Orders","shards":1,\
            "commits":2,"files":2,"records":3,"rowsRead":0,"pending":[],"findings":[]}]}""");
  }

  @Test
  void everyFindingIsALineWithItsKindItsKeyAndWhatWasFound() {
    SmallLake damaged = new SmallLake(scratch);
    assertThat(damaged.store().putIfAbsent(new ObjectKey(STRAY), new byte[4])).isNotNull();

    LakeReport report = check(damaged);

    assertThat(text(report))
        .startsWith("Orders: records 3, files 2, commits 2, shards 1; findings 1\n")
        .contains("  stray-file: " + STRAY + ": ");
    assertThat(FsckCommand.json(LAKE, Map.of(SmallLake.TABLE, report)).toString())
        .contains("\"sound\":false", "{\"damage\":\"stray-file\",\"key\":\"" + STRAY + "\",");
  }

  private static LakeReport check(SmallLake lake) {
    return new LakeCheck(lake.store(), SmallLake.LAKE).check(SmallLake.TABLE);
  }

  private static String text(LakeReport report) {
    StringWriter text = new StringWriter();
    FsckCommand.print(SmallLake.TABLE, report, new PrintWriter(text, true));
    return text.toString();
  }
}
