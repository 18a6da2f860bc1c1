CREATE EXTERNAL TABLE IF NOT EXISTS products_commit_log (
  `commit` string COMMENT 'Identifier of the commit',
  committedat string COMMENT 'When it was written, ISO 8601',
  stream string COMMENT 'Label of the stream',
  shard string COMMENT 'Shard of the stream',
  parent string COMMENT 'The shard that this one continues',
  epoch int COMMENT 'How often the log was rewound before it',
  after string COMMENT 'Sequence number after which it begins, 40 digits',
  records struct<`first`:string,`last`:string,count:bigint,`from`:string,`to`:string> COMMENT 'First and last record, how many, and their times',
  gap struct<reason:string> COMMENT 'What is missing, if this commit stands for a gap',
  rewind struct<cut:string> COMMENT 'What does not count any more, if this commit takes others back',
  `end` boolean COMMENT 'Whether the shard ended with it',
  shardtotals struct<commits:bigint,records:bigint> COMMENT 'Commits and records of the shard up to this one',
  lineage struct<latest:string> COMMENT 'How far the shard and those before it went',
  files array<struct<path:string,`rows`:bigint,size:bigint>> COMMENT 'The data files that it made visible'
)
COMMENT 'The commit log of DynamoDB table Products as it lies in the bucket'
ROW FORMAT SERDE 'org.openx.data.jsonserde.JsonSerDe'
STORED AS TEXTFILE
LOCATION 's3://my-bucket/lake/_afterbay/commits/products/'
TBLPROPERTIES (
  'afterbay.lake' = 's3://my-bucket/lake',
  'classification' = 'json'
)
