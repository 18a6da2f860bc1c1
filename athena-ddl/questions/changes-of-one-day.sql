-- How busy was one day, hour by hour?
-- Scans: one day of the changes, the rest of the lake costs nothing; two columns.
SELECT hh, cdc_op, count(*) AS changes
FROM e_commerce_data_changes
WHERE dt = '2026-11-14'
GROUP BY hh, cdc_op
ORDER BY hh, cdc_op
