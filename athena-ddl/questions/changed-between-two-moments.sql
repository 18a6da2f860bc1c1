-- Which orders are other ones at the second midnight than at the first: new, gone or changed?
-- An order that was changed and changed back is not among them.
-- Scans: the days between; five columns.
SELECT
  CASE
    WHEN digest_before IS NULL THEN 'added'
    WHEN digest_after IS NULL THEN 'removed'
    ELSE 'changed'
  END AS difference,
  count(*) AS orders
FROM (
  SELECT
    cdc_key,
    max(CASE WHEN from_first = 1 THEN cdc_old_digest END) AS digest_before,
    max(CASE WHEN from_last = 1 THEN cdc_digest END) AS digest_after
  FROM (
    SELECT
      cdc_key, cdc_digest, cdc_old_digest,
      row_number() OVER (PARTITION BY cdc_key ORDER BY cdc_stream, cdc_seq, cdc_time) AS from_first,
      row_number() OVER (PARTITION BY cdc_key ORDER BY cdc_stream DESC, cdc_seq DESC, cdc_time DESC) AS from_last
    FROM orders
    WHERE dt BETWEEN '2026-11-08' AND '2026-11-14'
  ) changes
  GROUP BY cdc_key
) ends
WHERE digest_before IS DISTINCT FROM digest_after
GROUP BY 1
ORDER BY 1
