CREATE EXTERNAL TABLE IF NOT EXISTS e_commerce_data_snapshots (
  cdc_op string COMMENT 'What happened to the item: INSERT, MODIFY or REMOVE',
  cdc_time timestamp COMMENT 'When it happened, UTC, to the second; never decreases along a shard',
  cdc_seq string COMMENT 'Sequence number in the stream, 40 digits; orders the changes of a key',
  cdc_shard string COMMENT 'Shard of the stream',
  cdc_stream string COMMENT 'Label of the stream, which is its time of creation',
  cdc_event_id string COMMENT 'Identifier of the stream record',
  cdc_origin string COMMENT 'Where the row came from: STREAM, EXPORT, HEAL or REPAIR',
  cdc_ttl boolean COMMENT 'Whether the item was removed by time to live',
  cdc_digest string COMMENT '128-bit digest of the item after the change, hex; null if it is gone',
  cdc_old_digest string COMMENT '128-bit digest of the item before the change, hex; null if new',
  pk string COMMENT 'Key attribute PK (S)',
  sk string COMMENT 'Key attribute SK (S)',
  new_image string COMMENT 'The item after the change, DynamoDB JSON; null if it is gone',
  old_image string COMMENT 'The item before the change, DynamoDB JSON; null if it is new'
)
COMMENT 'The items of DynamoDB table E-commerce-Data as exports showed them; the columns are those of e_commerce_data_changes'
PARTITIONED BY (
  snapshot string COMMENT 'Moment that the items show, UTC, 20261121T050000Z'
)
STORED AS PARQUET
LOCATION 's3://my-bucket/lake/e_commerce_data/snapshots/'
TBLPROPERTIES (
  'afterbay.lake' = 's3://my-bucket/lake',
  'classification' = 'parquet',
  'projection.enabled' = 'true',
  'projection.snapshot.type' = 'enum',
  'projection.snapshot.values' = 'none',
  'storage.location.template' = 's3://my-bucket/lake/e_commerce_data/snapshots/snapshot=${snapshot}/'
)
