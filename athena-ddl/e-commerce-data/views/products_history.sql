CREATE OR REPLACE VIEW products_history AS
SELECT
  cdc_op, cdc_time, cdc_seq, cdc_shard, cdc_stream, cdc_event_id, cdc_origin, cdc_ttl, cdc_digest, cdc_old_digest, cdc_key, cdc_extra, product_id, Title, Price, Stock, Tags, dt, hh,
  cdc_time AS cdc_valid_from,
  lead(cdc_time) OVER (PARTITION BY cdc_key ORDER BY cdc_stream ASC, cdc_seq ASC, cdc_time ASC) AS cdc_valid_to,
  row_number() OVER (PARTITION BY cdc_key ORDER BY cdc_stream ASC, cdc_seq ASC, cdc_time ASC) AS cdc_version
FROM products
