CREATE EXTERNAL TABLE IF NOT EXISTS products_quarantine (
  cdc_time timestamp COMMENT 'When it happened, UTC, to the second; never decreases along a shard',
  cdc_seq string COMMENT 'Sequence number in the stream, 40 digits; orders the changes of a key',
  cdc_shard string COMMENT 'Shard of the stream',
  cdc_stream string COMMENT 'Label of the stream, which is its time of creation',
  cdc_event_id string COMMENT 'Identifier of the stream record',
  reason string COMMENT 'What was wrong with the record',
  record string COMMENT 'The record, JSON of the Streams protocol'
)
COMMENT 'Records of DynamoDB table Products that could not become changes'
STORED AS PARQUET
LOCATION 's3://my-bucket/lake/products/quarantine/'
TBLPROPERTIES (
  'afterbay.lake' = 's3://my-bucket/lake',
  'classification' = 'parquet'
)
