-- Of each kind the whole set of records with the most evidence: how many, a hash over all of them, and the last emitted.
--
-- The hash is the sum, modulo 2^256, of the SHA-256 of every record, so it does not depend on an order.
SELECT kind, evidence, records, hash, last_emitted_at_ms
FROM (
  SELECT
    toString(kind) AS kind, evidence, any(statement_records.records) AS records, count() AS rows,
    lower(hex(sum(reinterpretAsUInt256(SHA256(concatWithSeparator('\n', id, toUnixTimestamp64Milli(at), revision,
      toUnixTimestamp64Milli(emitted_at), content)))))) AS hash,
    toUnixTimestamp64Milli(max(emitted_at)) AS last_emitted_at_ms
  FROM statement_records FINAL
  WHERE from_at = {from:DateTime('UTC')} AND to_at = {to:DateTime('UTC')}
  GROUP BY kind, evidence
)
WHERE rows = records
ORDER BY kind, evidence DESC
LIMIT 1 BY kind
