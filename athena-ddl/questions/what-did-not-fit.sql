-- Which rows have something that no column holds exactly, and how many a day?
-- Scans: two weeks of two columns. The counts by column and reason are in afterbay status.
SELECT dt, count(*) AS all_rows, count(cdc_extra) AS with_extra
FROM tasks
WHERE dt BETWEEN '2026-11-01' AND '2026-11-14'
GROUP BY dt
ORDER BY dt
