-- Who has open tasks, how many, and when is the first one due?
-- Scans: tasks and task_users as a whole, which is the price of "now"; few columns of each.
SELECT u.user_id, u.Name, count(*) AS open_tasks, min(t.Due) AS first_due
FROM tasks_current t
JOIN task_users_current u ON u.user_id = t.user_id
WHERE t.Status = 'OPEN'
GROUP BY u.user_id, u.Name
ORDER BY open_tasks DESC, u.user_id
