-- The last record of what each partition of {topics} has counted without a hole: where it stood, and its hash.
SELECT topic, partition, max(last_offset) AS offset, toString(argMax(last_hash, last_offset)) AS hash
FROM progress
INNER JOIN (__COUNTED_UNTIL__) AS counted USING (topic, partition)
WHERE last_offset >= 0 AND last_offset < counted_until
GROUP BY topic, partition
