import { createStore } from './store.ts'

/** Whether any answer that was shown since the page was opened was made of generated records. It never falls. */
export const simulated = createStore(false)

/** Notes what an answer says of itself. */
export function noteSimulated(answer: unknown): void {
  if (typeof answer === 'object' && answer !== null && 'simulated' in answer && answer.simulated === true)
    simulated.set(true)
}
