-- How many messages were not counted, by the reason.
SELECT code, count() AS messages
FROM rejects FINAL
GROUP BY code
ORDER BY messages DESC, code
