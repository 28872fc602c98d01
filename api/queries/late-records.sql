-- Records of calls that were emitted more than a day after the call had ended, by the part of a range they arrived in.
--
-- Distinct ones are counted here, and they are few; how many records there are in all is the evidence of the cells.
-- Of sealed quarter-hours the numbers were kept when their records were deleted.
SELECT part_s, sum(late) AS late, sum(amendments) AS amendments
FROM (
  SELECT roundDown(toUnixTimestamp(cell), {starts:Array(UInt32)}) AS part_s,
    uniqExact(cell, call_id, arrived_at, revision, emitted_at, content) AS late,
    uniqExactIf((cell, call_id, arrived_at, revision, emitted_at, content), revision > 1) AS amendments
  FROM call_facts
  WHERE cell >= {from:DateTime('UTC')}
    AND cell < {to:DateTime('UTC')}
    AND cell >= (SELECT max(before_at) FROM seals WHERE is_sealed)
    AND emitted_at > ended_at + INTERVAL 1 DAY
  GROUP BY part_s
  UNION ALL
  SELECT roundDown(toUnixTimestamp(cell), {starts:Array(UInt32)}) AS part_s, sum(kept.late) AS late, sum(kept.amendments) AS amendments
  FROM (SELECT * FROM sealed_continuity FINAL) AS kept
  WHERE cell >= {from:DateTime('UTC')}
    AND cell < {to:DateTime('UTC')}
    AND cell < (SELECT max(before_at) FROM seals WHERE is_sealed)
  GROUP BY part_s
)
GROUP BY part_s
