CREATE OR REPLACE VIEW wishes_removed AS
SELECT
  cdc_op, cdc_time, cdc_seq, cdc_shard, cdc_stream, cdc_event_id, cdc_origin, cdc_ttl, cdc_digest, cdc_old_digest, cdc_key, cdc_extra, user_id, product_id, AddedAt
FROM (
  SELECT
    cdc_op, cdc_time, cdc_seq, cdc_shard, cdc_stream, cdc_event_id, cdc_origin, cdc_ttl, cdc_digest, cdc_old_digest, cdc_key, cdc_extra, user_id, product_id, AddedAt,
    row_number() OVER (PARTITION BY cdc_key ORDER BY cdc_stream DESC, cdc_seq DESC, cdc_time DESC) AS cdc_age
  FROM wishes
) newest
WHERE cdc_age = 1 AND cdc_op = 'REMOVE'
