/** Who may ask what. Every role may look at figures; the others add one thing each, and `admin` has them all. */
export const ROLES = ['viewer', 'analyst', 'evaluator', 'planner', 'admin'] as const
export type Role = (typeof ROLES)[number]

/** What a route needs: one of these roles, or none at all. `viewer` is every role. */
export type NeededRole = Role | readonly Role[] | 'anyone'

/** What each role adds to looking at figures, for people. */
export const ROLE_WORDS: Record<Role, string> = {
  viewer: 'figures: KPIs, rates, peaks, stability, evaluations, verdicts, statements',
  analyst: 'and records: calls, tickets, rejects',
  evaluator: 'and issuing statements',
  planner: 'and scenarios and plans',
  admin: 'everything',
}

export function mayAsk(role: Role, needed: NeededRole): boolean {
  if (needed === 'anyone' || needed === 'viewer' || role === 'admin') return true
  return typeof needed === 'string' ? role === needed : needed.includes(role)
}

/** A route that says nothing is for viewers if it answers with figures; pages and probes hold none. */
export function neededRoleOf(path: string, said: NeededRole | undefined): NeededRole {
  return said ?? (/^\/v1(\/|$)/.test(path) ? 'viewer' : 'anyone')
}

/** The roles that may ask, as a list for people. */
export function roleNames(needed: NeededRole): string {
  if (needed === 'viewer') return 'viewer (every role)'
  const roles = typeof needed === 'string' ? [needed] : [...needed]
  return [...new Set([...roles, 'admin'])].join(', ')
}
