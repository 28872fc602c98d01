-- How far each partition has been counted: the end of its ranges up to the first hole, and the greatest emitted_at.
--
-- A hole is a range that begins after everything before it has ended. Ranges may overlap, so "before" is a running
-- maximum; the first range of a partition begins where the log did and is no hole.
SELECT
  topic,
  partition,
  ifNull(minOrNullIf(counted_to, place > 1 AND from_offset > counted_to), max(next_offset)) AS next_offset,
  toUnixTimestamp64Milli(max(max_emitted_at)) AS max_emitted_at_ms
FROM (
  SELECT
    topic,
    partition,
    from_offset,
    next_offset,
    max_emitted_at,
    row_number() OVER (PARTITION BY topic, partition ORDER BY from_offset, next_offset) AS place,
    max(next_offset) OVER (
      PARTITION BY topic, partition
      ORDER BY from_offset, next_offset
      ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING
    ) AS counted_to
  FROM progress
)
GROUP BY topic, partition
ORDER BY topic, partition
