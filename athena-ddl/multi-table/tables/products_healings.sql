CREATE EXTERNAL TABLE IF NOT EXISTS products_healings (
  cdc_stream string COMMENT 'Label of the stream, which is its time of creation',
  cdc_shard string COMMENT 'Shard of the stream',
  gap_after string COMMENT 'Sequence number after which something is missing',
  healed_at timestamp COMMENT 'When the gap was healed, UTC',
  exports array<string> COMMENT 'ARNs of the exports that told of it',
  healed_rows bigint COMMENT 'How many items got a row',
  lost string COMMENT 'What is lost all the same, in a sentence'
)
COMMENT 'The healed gaps of DynamoDB table Products'
STORED AS PARQUET
LOCATION 's3://my-bucket/lake/products/healings/'
TBLPROPERTIES (
  'afterbay.lake' = 's3://my-bucket/lake',
  'classification' = 'parquet'
)
