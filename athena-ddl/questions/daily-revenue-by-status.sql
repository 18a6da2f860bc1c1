-- What were all orders worth, by status, at each midnight (UTC) of a week?
-- Scans: orders from its first day to the last midnight; six columns. With orders_as_of instead, one
-- midnight costs as much as all of them do here.
SELECT midnights.day, h.Status, count(*) AS orders, sum(h.Total) AS revenue
FROM (
  SELECT DISTINCT CAST(dt AS date) AS day FROM orders WHERE dt BETWEEN '2026-11-08' AND '2026-11-14'
) midnights
JOIN (
  SELECT
    Status, Total, cdc_op, cdc_time AS valid_from,
    lead(cdc_time) OVER (PARTITION BY cdc_key ORDER BY cdc_stream, cdc_seq, cdc_time) AS valid_to
  FROM orders
  WHERE dt <= '2026-11-14'
) h
  ON h.valid_from <= CAST(midnights.day AS timestamp)
  AND (h.valid_to IS NULL OR h.valid_to > CAST(midnights.day AS timestamp))
WHERE h.cdc_op <> 'REMOVE'
GROUP BY midnights.day, h.Status
ORDER BY midnights.day, h.Status
