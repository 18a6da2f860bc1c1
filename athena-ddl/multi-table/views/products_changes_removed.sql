CREATE OR REPLACE VIEW products_changes_removed AS
SELECT
  cdc_op, cdc_time, cdc_seq, cdc_shard, cdc_stream, cdc_event_id, cdc_origin, cdc_ttl, cdc_digest, cdc_old_digest, ProductId, new_image, old_image
FROM (
  SELECT
    cdc_op, cdc_time, cdc_seq, cdc_shard, cdc_stream, cdc_event_id, cdc_origin, cdc_ttl, cdc_digest, cdc_old_digest, ProductId, new_image, old_image,
    row_number() OVER (PARTITION BY ProductId ORDER BY cdc_stream DESC, cdc_seq DESC, cdc_time DESC) AS cdc_age
  FROM products_changes
) newest
WHERE cdc_age = 1 AND cdc_op = 'REMOVE'
