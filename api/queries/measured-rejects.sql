-- How many messages were not counted, by topic and reason.
SELECT topic, code, count() AS messages
FROM rejects FINAL
GROUP BY topic, code
