CREATE EXTERNAL TABLE IF NOT EXISTS orders_audits (
  audit string COMMENT 'Name of the audit',
  audited_at timestamp COMMENT 'Moment of which lake and source were compared, UTC',
  cdc_key string COMMENT 'Key of the item, DynamoDB JSON',
  verdict string COMMENT 'How they differ: missing, stale or phantom',
  lake_digest string COMMENT 'Digest of the item in the lake; null if none is',
  source_digest string COMMENT 'Digest of the item in the source; null if none is',
  first_seen timestamp COMMENT 'Moment of the first audit in a row that found it, UTC'
)
COMMENT 'Where the lake and DynamoDB table Orders were found to differ'
STORED AS PARQUET
LOCATION 's3://my-bucket/lake/orders/audits/'
TBLPROPERTIES (
  'afterbay.lake' = 's3://my-bucket/lake',
  'classification' = 'parquet'
)
