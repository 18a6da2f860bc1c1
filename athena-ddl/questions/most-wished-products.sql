-- Which products are wished for most, and are they in stock?
-- Scans: wishes and products as a whole; few columns of each.
SELECT p.product_id, p.Title, p.Stock, count(*) AS wishes
FROM wishes_current w
JOIN products_current p ON p.product_id = w.product_id
GROUP BY p.product_id, p.Title, p.Stock
ORDER BY wishes DESC, p.product_id
