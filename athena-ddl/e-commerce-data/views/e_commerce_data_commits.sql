CREATE OR REPLACE VIEW e_commerce_data_commits AS
SELECT
  "commit" AS commit_id,
  CAST(replace(replace(committedat, 'T', ' '), 'Z', '') AS timestamp) AS committed_at,
  entry.stream AS cdc_stream,
  entry.shard AS cdc_shard,
  parent AS parent_shard,
  after AS after_seq,
  records."first" AS first_seq,
  records."last" AS last_seq,
  coalesce(records.count, 0) AS records,
  CAST(replace(replace(records."from", 'T', ' '), 'Z', '') AS timestamp) AS first_time,
  CAST(replace(replace(records."to", 'T', ' '), 'Z', '') AS timestamp) AS last_time,
  gap.reason AS gap_reason,
  "end" AS shard_ended,
  shardtotals.commits AS shard_commits,
  shardtotals.records AS shard_records,
  CAST(replace(replace(lineage.latest, 'T', ' '), 'Z', '') AS timestamp) AS complete_at
FROM e_commerce_data_commit_log entry
LEFT JOIN (
  SELECT stream, shard, coalesce(epoch, 0) AS until_epoch, rewind.cut AS cut
  FROM e_commerce_data_commit_log
  WHERE rewind.cut IS NOT NULL
) rewound
  ON entry.stream = rewound.stream AND entry.shard = rewound.shard
    AND coalesce(entry.epoch, 0) <= rewound.until_epoch AND entry.after >= rewound.cut
WHERE rewound.shard IS NULL
