import type { Steps } from '../batch.ts'
import type { Measures } from './measures.ts'

/** The same steps, and how long each one took. One that fails is not told: the span is not counted. */
export function timedSteps(steps: Steps, measures: Measures, now: () => number): Steps {
  const timed =
    <Argument>(step: keyof Steps, take: (argument: Argument) => Promise<void>) =>
    async (argument: Argument): Promise<void> => {
      const sinceMs = now()
      await take(argument)
      measures.stepTook(step, now() - sinceMs)
    }
  return {
    factsAreIn: timed('factsAreIn', steps.factsAreIn),
    rejectsAreIn: timed('rejectsAreIn', steps.rejectsAreIn),
    recomputeCells: timed('recomputeCells', steps.recomputeCells),
    recordProgress: timed('recordProgress', steps.recordProgress),
    commit: timed('commit', steps.commit),
  }
}
