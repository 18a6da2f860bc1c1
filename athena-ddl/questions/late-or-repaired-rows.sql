-- Which hours hold rows that did not come straight from the stream, and which commits came late?
-- Scans: two weeks of the changes (two columns), and the whole commit log (1 kB a commit).
SELECT 'rows that are not of the stream' AS finding, count(*) AS how_many
FROM e_commerce_data_changes
WHERE dt BETWEEN '2026-11-01' AND '2026-11-14' AND cdc_origin <> 'STREAM'
UNION ALL
SELECT 'commits later than two hours', count(*)
FROM e_commerce_data_commits
WHERE date_diff('second', first_time, committed_at) > 7200
ORDER BY finding
