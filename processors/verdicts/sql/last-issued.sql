-- The last version of each verdict on the windows that start in a range: the one with the most evidence.
SELECT window, evidence, base_evidence, offered, answered, abandoned, no_seat, flowed_out, failed, other, toString(verdict) AS verdict
FROM verdicts
WHERE profile = {profile:String}
  AND profile_version = {profile_version:String}
  AND definitions = {definitions:String}
  AND start_at >= {from:DateTime64(3, 'UTC')}
  AND start_at < {to:DateTime64(3, 'UTC')}
ORDER BY window, evidence DESC, base_evidence DESC
LIMIT 1 BY window
