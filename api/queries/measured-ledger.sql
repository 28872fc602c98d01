-- What became of everything that was counted, by topic. Ranges of two processors may overlap after a rebalance.
SELECT topic, sum(fact_records) AS facts, sum(reject_records) AS rejects, sum(gap_offsets) AS gaps, sum(heartbeats) AS heartbeats
FROM progress FINAL
GROUP BY topic
