-- What the last final statement about a range says: the one with the most evidence.
SELECT json
FROM statements FINAL
WHERE profile = {profile:String}
  AND definitions = {definitions:String}
  AND from_at = {from:DateTime('UTC')}
  AND to_at = {to:DateTime('UTC')}
  AND calls_status = 'final'
  AND tickets_status = 'final'
ORDER BY call_evidence + ticket_evidence + due_ticket_evidence DESC, form DESC, profile_version, sha256
LIMIT 1
