-- Which share of the orders of each day was cancelled, whenever that happened?
-- Scans: orders as a whole; four columns.
SELECT
  CreatedAt,
  count(*) AS ordered,
  sum(CASE WHEN gone THEN 1 ELSE 0 END) AS cancelled
FROM (
  SELECT CreatedAt, false AS gone FROM orders_current
  UNION ALL
  SELECT CreatedAt, true AS gone FROM orders_removed
) o
GROUP BY CreatedAt
ORDER BY CreatedAt
