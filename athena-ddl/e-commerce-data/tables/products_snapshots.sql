CREATE EXTERNAL TABLE IF NOT EXISTS products_snapshots (
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
  cdc_key string COMMENT 'Key of the item, DynamoDB JSON; the same for all its rows',
  cdc_extra string COMMENT 'What the columns do not hold exactly, DynamoDB JSON; else null',
  product_id string COMMENT 'string captured of key attribute PK',
  title string COMMENT 'string of attribute Title',
  price decimal(12,2) COMMENT 'decimal(12,2) of attribute Price',
  stock int COMMENT 'int of attribute Stock',
  tags array<string> COMMENT 'set<string> of attribute Tags'
)
COMMENT 'The products of DynamoDB table E-commerce-Data as exports showed them; the columns are those of products'
PARTITIONED BY (
  snapshot string COMMENT 'Moment that the items show, UTC, 20261121T050000Z'
)
STORED AS PARQUET
LOCATION 's3://my-bucket/lake/e_commerce_data/products_snapshots/'
TBLPROPERTIES (
  'afterbay.lake' = 's3://my-bucket/lake',
  'classification' = 'parquet',
  'projection.enabled' = 'true',
  'projection.snapshot.type' = 'enum',
  'projection.snapshot.values' = 'none',
  'storage.location.template' = 's3://my-bucket/lake/e_commerce_data/products_snapshots/snapshot=${snapshot}/'
)
