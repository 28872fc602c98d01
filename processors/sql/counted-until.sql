-- How far each partition of {topics} is counted without a hole, from the first range that is known.
--
-- Ranges of two processors may overlap, so a hole is a range that begins after everything before it ended.
SELECT topic, partition, min(if(from_offset > ended_before, ended_before, ends_at)) AS counted_until
FROM (
  SELECT
    topic, partition, from_offset,
    max(next_offset) OVER (PARTITION BY topic, partition) AS ends_at,
    max(next_offset) OVER (PARTITION BY topic, partition ORDER BY from_offset, next_offset ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS before,
    if(before = 0, from_offset, before) AS ended_before
  FROM progress
  WHERE topic IN {topics:Array(String)}
)
GROUP BY topic, partition
