-- Up to when is each table complete, and is anything known to be missing?
-- Scans: the commit logs of both tables (1 kB a commit) and their gaps.
SELECT source_table, complete_at, open_shards, records, gaps FROM e_commerce_data_completeness
UNION ALL
SELECT source_table, complete_at, open_shards, records, gaps FROM task_app_completeness
ORDER BY source_table
