CREATE EXTERNAL TABLE IF NOT EXISTS users_gaps (
  cdc_stream string COMMENT 'Label of the stream, which is its time of creation',
  cdc_shard string COMMENT 'Shard of the stream',
  gap_reason string COMMENT 'Why it is missing, such as TRIMMED',
  gap_after string COMMENT 'Sequence number after which something is missing',
  gap_before string COMMENT 'Sequence number before which it is missing; null if unknown',
  gap_from timestamp COMMENT 'Nothing older is missing, UTC',
  gap_until timestamp COMMENT 'Nothing newer is missing, UTC',
  gap_detail string COMMENT 'What was found, in a sentence',
  recorded_at timestamp COMMENT 'When the gap was recorded, UTC'
)
COMMENT 'What is known to be missing of DynamoDB table Users'
STORED AS PARQUET
LOCATION 's3://my-bucket/lake/users/gaps/'
TBLPROPERTIES (
  'afterbay.lake' = 's3://my-bucket/lake',
  'classification' = 'parquet'
)
