-- How many orders get from PENDING to PAID to SHIPPED, and how long does each step take?
-- Scans: two weeks of orders; five columns.
SELECT
  count(*) AS ordered,
  count(paid_at) AS paid,
  count(shipped_at) AS shipped,
  round(avg(date_diff('second', pending_at, paid_at)) / 3600.0, 1) AS hours_to_pay,
  round(avg(date_diff('second', paid_at, shipped_at)) / 3600.0, 1) AS hours_to_ship
FROM (
  SELECT
    cdc_key,
    min(CASE WHEN Status = 'PENDING' THEN cdc_time END) AS pending_at,
    min(CASE WHEN Status = 'PAID' THEN cdc_time END) AS paid_at,
    min(CASE WHEN Status = 'SHIPPED' THEN cdc_time END) AS shipped_at
  FROM orders
  WHERE dt BETWEEN '2026-11-01' AND '2026-11-14' AND cdc_op <> 'REMOVE'
  GROUP BY cdc_key
) steps
WHERE pending_at IS NOT NULL
