CREATE OR REPLACE VIEW e_commerce_data_completeness AS
SELECT
  'E-commerce-Data' AS source_table,
  max(cdc_stream) AS cdc_stream,
  nullif(
    coalesce(min(CASE WHEN NOT shard_ended THEN complete_at END), max(complete_at)),
    TIMESTAMP '1970-01-01 00:00:00') AS complete_at,
  max(committed_at) AS last_commit_at,
  sum(CASE WHEN shard_ended THEN 0 ELSE 1 END) AS open_shards,
  sum(shard_commits) AS commits,
  sum(shard_records) AS records,
  (SELECT count(*) FROM e_commerce_data_gaps) AS gaps
FROM (
  SELECT
    cdc_stream, committed_at, complete_at, shard_ended, shard_commits, shard_records,
    row_number() OVER (PARTITION BY cdc_stream, cdc_shard ORDER BY after_seq DESC) AS age
  FROM e_commerce_data_commits
  WHERE cdc_shard LIKE 'shardId-%'
) newest
WHERE age = 1
