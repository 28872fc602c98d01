-- The windows that were judged, by what was said of each last. Other versions of the profile speak for themselves.
SELECT toString(last_verdict) AS verdict, count() AS windows
FROM (
  SELECT argMax(verdict, (evidence, base_evidence)) AS last_verdict
  FROM verdicts
  WHERE profile = {profile:String} AND profile_version = {profile_version:String}
  GROUP BY definitions, window
)
GROUP BY verdict
