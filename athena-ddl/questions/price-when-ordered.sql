-- What did the first product of each order of a day cost in the shop when it was ordered, and how
-- many were in stock? What an item was at the time of another one's change is a join by time.
-- Scans: one day of orders and products up to that day.
SELECT o.order_id, o.Lines[1].Product AS product, p.Price, p.Stock
FROM orders o
JOIN (
  SELECT
    product_id, Price, Stock, cdc_op, cdc_time AS valid_from,
    lead(cdc_time) OVER (PARTITION BY cdc_key ORDER BY cdc_stream, cdc_seq, cdc_time) AS valid_to
  FROM products
  WHERE dt <= '2026-11-14'
) p
  ON p.product_id = o.Lines[1].Product
  AND p.valid_from <= o.cdc_time
  AND (p.valid_to IS NULL OR p.valid_to > o.cdc_time)
WHERE o.dt = '2026-11-14' AND o.cdc_op = 'INSERT' AND p.cdc_op <> 'REMOVE'
ORDER BY o.order_id, p.Stock
