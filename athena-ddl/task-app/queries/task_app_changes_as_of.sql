PREPARE task_app_changes_as_of FROM
SELECT
  cdc_op, cdc_time, cdc_seq, cdc_shard, cdc_stream, cdc_event_id, cdc_origin, cdc_ttl, cdc_digest, cdc_old_digest, PK, SK, new_image, old_image
FROM (
  SELECT
    cdc_op, cdc_time, cdc_seq, cdc_shard, cdc_stream, cdc_event_id, cdc_origin, cdc_ttl, cdc_digest, cdc_old_digest, PK, SK, new_image, old_image,
    row_number() OVER (PARTITION BY PK, SK ORDER BY cdc_stream DESC, cdc_seq DESC, cdc_time DESC) AS cdc_age
  FROM task_app_changes, (SELECT CAST(? AS timestamp) AS asked_at) asked WHERE dt <= substr(CAST(asked_at AS varchar), 1, 10) AND cdc_time <= asked_at
) newest
WHERE cdc_age = 1 AND cdc_op <> 'REMOVE'
