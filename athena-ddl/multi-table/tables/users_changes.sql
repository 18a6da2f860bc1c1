CREATE EXTERNAL TABLE IF NOT EXISTS users_changes (
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
  userid string COMMENT 'Key attribute UserId (S)',
  new_image string COMMENT 'The item after the change, DynamoDB JSON; null if it is gone',
  old_image string COMMENT 'The item before the change, DynamoDB JSON; null if it is new'
)
COMMENT 'Every change of DynamoDB table Users, with the whole item before and after it'
PARTITIONED BY (
  dt string COMMENT 'Day of the change, UTC, as in 2026-11-21',
  hh string COMMENT 'Hour of the change, UTC, 00 to 23'
)
STORED AS PARQUET
LOCATION 's3://my-bucket/lake/users/changes/'
TBLPROPERTIES (
  'afterbay.lake' = 's3://my-bucket/lake',
  'classification' = 'parquet',
  'projection.enabled' = 'true',
  'projection.dt.type' = 'date',
  'projection.dt.format' = 'yyyy-MM-dd',
  'projection.dt.range' = '2026-11-01,NOW',
  'projection.dt.interval' = '1',
  'projection.dt.interval.unit' = 'DAYS',
  'projection.hh.type' = 'integer',
  'projection.hh.range' = '0,23',
  'projection.hh.digits' = '2',
  'storage.location.template' = 's3://my-bucket/lake/users/changes/dt=${dt}/hh=${hh}/'
)
