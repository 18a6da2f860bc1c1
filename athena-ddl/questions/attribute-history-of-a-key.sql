-- Which statuses did one order go through, and when?
-- Scans: orders from the first of the month on. Where the day of the order is known, ask for dt
-- from that day on: the rows of one key are spread over all days on which it changed.
SELECT Status, min(cdc_time) AS since, max(cdc_op) AS last_operation
FROM orders
WHERE user_id = 'u0' AND order_id = 'o40' AND dt >= '2026-10-20'
GROUP BY Status
ORDER BY since
