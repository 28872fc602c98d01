import { createStore } from './store.ts'

/**
 * `unknown` until asked, `open` where the API asks nobody who they are.
 * The role is the API's: viewer, analyst, evaluator, planner or admin.
 */
export type Session = { state: 'unknown' | 'open' | 'signed-out' } | { state: 'signed-in'; name: string; role: string }

export const session = createStore<Session>({ state: 'unknown' })
