-- Another text as soon as anything more is counted, a watermark has moved, or a verdict was issued.
--
-- Cells are written before progress, so whoever sees a new state here finds them.
SELECT concat(
  (SELECT toString(sum(cityHash64(topic, partition, from_offset, next_offset))) FROM progress), ' ',
  (SELECT toString(sum(cityHash64(topic, vector_sum, watermark))) FROM watermarks), ' ',
  (SELECT toString(sum(cityHash64(window, profile_version, definitions, evidence, base_evidence))) FROM verdicts)
) AS state
