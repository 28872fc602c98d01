/** An instant (epoch ms) as ClickHouse reads a DateTime64(3) in UTC. */
export function clickHouseInstant(atMs: number): string {
  return new Date(atMs).toISOString().slice(0, 23).replace('T', ' ')
}
