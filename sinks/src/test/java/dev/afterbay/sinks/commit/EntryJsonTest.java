package dev.afterbay.sinks.commit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.afterbay.sinks.commit.protocol.Entries;
import dev.afterbay.sinks.commit.protocol.Entry;
import dev.afterbay.sinks.commit.protocol.Entry.Ending;
import dev.afterbay.sinks.segment.Lake;
import dev.afterbay.sinks.segment.ShardFeed;
import dev.afterbay.transforms.change.StreamShard;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EntryJsonTest {
  private static final StreamShard SHARD = ShardFeed.shard("shardId-1");
  private static final EntryJson JSON = new EntryJson(new Lake("lake"));

  @Test
  void anEntryReadBackIsTheSame() throws UnreadableEntryException {
    Entry open = Entries.first(SHARD, "commit-1", 3, Ending.OPEN);
    Entry end = Entries.end(SHARD, "commit-2");

    assertThat(JSON.read(JSON.write(open))).isEqualTo(open);
    assertThat(JSON.read(JSON.write(end))).isEqualTo(end);
  }

  @Test
  void anEntryFromBeforeThereWereGapsIsNone() throws Exception {
    Entry end = Entries.end(SHARD, "commit-2");
    String old = text(end).replace("\"gap\":null,", "");

    assertThat(old).doesNotContain("gap");
    assertThat(JSON.read(old.getBytes(StandardCharsets.UTF_8))).isEqualTo(end);
  }

  @Test
  void anEntryIsOneLineForEnginesThatReadTheLog() {
    String text = text(Entries.first(SHARD, "commit-1", 1, Ending.SHARD_END));

    assertThat(text)
        .isEqualTo(
            """
            {
              "format" : 1,
              "commit" : "commit-1",
              "committedAt" : "2026-11-21T05:58:00.250001Z",
              "table" : "E-commerce-Data",
              "stream" : "2026-11-21T05:00:00.000",
              "shard" : "shardId-1",
              "parent" : null,
              "after" : "0000000000000000000000000000000000000000",
              "records" : {
                "first" : "0000000000000000100000000000000000000001",
                "last" : "0000000000000000100000000000000000000001",
                "count" : 1,
                "from" : "2026-11-21T05:58:00.250001Z",
                "to" : "2026-11-21T05:58:00.250001Z"
              },
              "gap" : null,
              "end" : true,
              "shardTotals" : {
                "commits" : 1,
                "records" : 1,
                "from" : "2026-11-21T05:58:00.250001Z",
                "tallies" : {
                  "orders" : {
                    "Total" : {
                      "PRECISION" : 1
                    }
                  }
                }
              },
              "lineage" : {
                "records" : 1,
                "latest" : "2026-11-21T05:58:00.250001Z",
                "digest" : "DIGEST"
              },
              "schemas" : {
                "changes" : 1,
                "orders" : 3
              },
              "files" : [ {
                "path" : "e_commerce_data/changes/commit-1-1.parquet",
                "rows" : 1,
                "size" : 5242980,
                "upload" : "upload-commit-1-1",
                "parts" : [ {
                  "number" : 1,
                  "etag" : "\\"etag\\"",
                  "crc32" : "AAAAAA==",
                  "size" : 5242880
                }, {
                  "number" : 2,
                  "etag" : "\\"gate\\"",
                  "crc32" : "AAAAAQ==",
                  "size" : 100
                } ]
              } ]
            }"""
                .replaceAll("\\s", "")
                .replace(
                    "DIGEST", Entries.first(SHARD, "commit-1", 1, Ending.OPEN).cursor().digest()));
  }

  @Test
  void aRewindAndWhatFollowsItReadBackAsTheyWereAndAskOlderProgramsForAnUpgrade() throws Exception {
    Entry rewind = Entries.rewind(SHARD, "rewind-1");
    Entry later = Entries.rewound(Entries.first(SHARD, "commit-1", 1, Ending.OPEN));

    assertThat(JSON.read(JSON.write(rewind))).isEqualTo(rewind);
    assertThat(JSON.read(JSON.write(later))).isEqualTo(later);
    assertThat(text(rewind)).contains("\"format\":2", "\"cut\":\"" + Entry.START + "\"");
    assertThat(text(later)).contains("\"format\":2", "\"epoch\":1");
  }

  @Test
  void aRewindWithoutItsListOfFilesIsUnreadable() {
    String cut = text(Entries.rewind(SHARD, "rewind-1")).replace("setAside", "elsewhere");

    assertThatExceptionOfType(UnreadableEntryException.class)
        .isThrownBy(() -> JSON.read(cut.getBytes(UTF_8)))
        .withMessageContaining("'setAside' is missing");
  }

  @Test
  void aRewindWhosePositionIsNoTextIsUnreadable() {
    String rewind = text(Entries.rewind(SHARD, "rewind-1"));
    String damaged = rewind.replace("\"cut\":\"" + Entry.START + "\"", "\"cut\":7");

    assertThatExceptionOfType(UnreadableEntryException.class)
        .isThrownBy(() -> JSON.read(damaged.getBytes(UTF_8)))
        .withMessage("'cut' is missing or not a text");
  }

  @Test
  void anEntryOfALaterFormatAsksForAnUpgrade() {
    String later = text(Entries.end(SHARD, "commit-1")).replace("\"format\":1", "\"format\":3");

    assertThatExceptionOfType(UnreadableEntryException.class)
        .isThrownBy(() -> JSON.read(later.getBytes(UTF_8)))
        .withMessageContaining("format is 3")
        .withMessageContaining("upgrade");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "null", "[]", "true"})
  void whatIsNoObjectIsNoEntry(String garbage) {
    assertThatExceptionOfType(UnreadableEntryException.class)
        .isThrownBy(() -> JSON.read(garbage.getBytes(UTF_8)))
        .withMessage("it is not a JSON object");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{", "{}", "{\"format\":1}", "\u0000\u0001"})
  void garbageIsNoEntry(String garbage) {
    assertThatExceptionOfType(UnreadableEntryException.class)
        .isThrownBy(() -> JSON.read(garbage.getBytes(UTF_8)))
        .satisfies(e -> assertThat(e.getMessage()).isNotEmpty().doesNotContain("\n"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "\"shard\":\"shardId-1\"|\"shard\":7|'shard' is not a text",
        "\"commits\":1|\"commits\":1.5|'commits' is not a whole number",
        "\"latest\":|\"earliest\":|'latest' is missing",
        "\"count\":2|\"count\":0|Not a run of records",
        "T05:58:00.250001Z|T05:58:61Z|could not be parsed"
      })
  void aPartThatDoesNotAgreeIsNamed(String part, String replacement, String message) {
    String damaged =
        text(Entries.first(SHARD, "commit-1", 2, Ending.OPEN)).replace(part, replacement);

    assertThatExceptionOfType(UnreadableEntryException.class)
        .isThrownBy(() -> JSON.read(damaged.getBytes(UTF_8)))
        .withMessageContaining(message);
  }

  private static String text(Entry entry) {
    return new String(JSON.write(entry), UTF_8);
  }
}
