-- Every version of the verdicts that were issued on windows which start in a range.
SELECT
  profile, profile_version, definitions, window, period, toString(kind) AS kind, toString(local_date) AS local_date,
  toUnixTimestamp64Milli(start_at) AS start_at_ms, toUnixTimestamp64Milli(end_at) AS end_at_ms,
  toUnixTimestamp64Milli(base_from) AS base_from_ms,
  evidence, base_evidence, offered, answered, abandoned, no_seat, flowed_out, failed, other, waited_ms,
  base_offered, base_answered, deviation_points, lower_points, upper_points, within_tolerance, least_tolerance_points,
  toString(verdict) AS verdict, toString(reason) AS reason, calls_for_verdict, toString(coverage) AS coverage, expected_count,
  tolerance_points, confidence, simulated
FROM verdicts FINAL
WHERE profile = {profile:String}
  AND start_at >= {from:DateTime64(3, 'UTC')}
  AND start_at < {to:DateTime64(3, 'UTC')}
ORDER BY start_at, window, profile_version, definitions, evidence, base_evidence
