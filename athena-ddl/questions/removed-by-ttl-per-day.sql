-- How many items does time to live remove a day, and how many does somebody delete?
-- Scans: two weeks of sessions; four columns.
SELECT
  dt,
  sum(CASE WHEN cdc_ttl THEN 1 ELSE 0 END) AS by_ttl,
  sum(CASE WHEN cdc_ttl THEN 0 ELSE 1 END) AS by_delete
FROM sessions
WHERE dt BETWEEN '2026-11-01' AND '2026-11-14' AND cdc_op = 'REMOVE'
GROUP BY dt
ORDER BY dt
