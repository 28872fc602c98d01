/**
 * The view `hourly_rates` for people's own tools: a row per local hour, line and region.
 *
 * ClickHouse rounds to hours only in a zone that stands in the query's text, so the view is built from the profiles
 * that are known, a part for each.
 */
export interface ViewedProfile {
  profile: string
  definitions: string
  time_zone: string
}

export function hourlyRatesView(profiles: readonly ViewedProfile[]): string {
  return `CREATE OR REPLACE VIEW hourly_rates AS\n${profiles.map(partOf).join('\nUNION ALL\n')}`
}

/** Evidence is that of the cells, which a line or a region shares with the others. */
function partOf({ profile, definitions, time_zone }: ViewedProfile): string {
  return `SELECT ${quoted(profile)} AS profile, toStartOfHour(cell, ${quoted(time_zone)}) AS start_at, part.1 AS line, part.2 AS region,
  sum(part.3) AS offered_count, sum(part.4) AS answered_count,
  if(offered_count = 0, NULL, answered_count / offered_count) AS ratio, sum(evidence) AS evidence
FROM (
  SELECT cell, evidence, arrayJoin(arrayMap(p -> (p.line, p.region, p.offered, p.answered), breakdown)) AS part
  FROM call_cells FINAL
  WHERE definitions = ${quoted(definitions)}
)
GROUP BY start_at, line, region`
}

/** Ids, hashes and zones have none of these signs; a name that had would not get out of its quotes. */
function quoted(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`
}
