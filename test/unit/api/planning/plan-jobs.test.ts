import { expect, test } from 'vitest'
import { PlansFullError, PlanUnknownError } from '../../../../api/planning/plan-errors.ts'
import { type Plan, PlanJobs, type PlanJobsOptions } from '../../../../api/planning/plan-jobs.ts'
import type { PlanResult } from '../../../../api/planning/plan-result.ts'
import type { PlanNews } from '../../../../api/planning/plan-thread.ts'

const RESULT = { kind: 'what-if' } as PlanResult

/** Plans whose work is told by hand. */
function jobs(change: Partial<PlanJobsOptions> = {}) {
  const started: ((news: PlanNews) => void)[] = []
  let stoppedCount = 0
  let idCount = 0
  const plans = new PlanJobs({
    perCallerMax: 2,
    waitingMax: 3,
    keptMax: 2,
    runMsMax: 60_000,
    newId: () => `plan-${++idCount}`,
    nowMs: () => 1_700_000_000_000,
    start: (_kind, _inputs, hear) => {
      started.push(hear)
      return { stop: async () => void stoppedCount++ }
    },
    ...change,
  })
  return {
    plans,
    started,
    stoppedCount: () => stoppedCount,
    states: () =>
      plans
        .all()
        .map(({ state }) => state)
        .reverse(),
  }
}

test('one runs at a time, the next one when it is over', () => {
  const { plans, started, states } = jobs()
  plans.submit('a', 'what-if', {})
  plans.submit('b', 'seats', {})
  expect([started.length, states()]).toEqual([1, ['running', 'waiting']])
  started[0]!({ news: 'result', result: RESULT })
  expect([started.length, states()]).toEqual([2, ['done', 'running']])
  started[1]!({ news: 'problem', code: 'STEADYLINE_PLAN_TOO_LARGE', detail: 'too many' })
  expect(states()).toEqual(['done', 'failed'])
  expect(plans.plan('plan-1').result).toBe(RESULT)
  expect(plans.plan('plan-2').problem).toEqual({ code: 'STEADYLINE_PLAN_TOO_LARGE', detail: 'too many' })
})

test('only so many of one caller, and of all, wait or run', () => {
  const { plans } = jobs()
  plans.submit('a', 'what-if', {})
  plans.submit('a', 'what-if', {})
  expect(() => plans.submit('a', 'what-if', {})).toThrow(PlansFullError)
  plans.submit('b', 'what-if', {})
  expect(() => plans.submit('c', 'what-if', {})).toThrow(PlansFullError)
})

test('a cancelled plan is stopped, and the next one begins; what it still says is not heard', async () => {
  const { plans, started, stoppedCount, states } = jobs()
  plans.submit('a', 'what-if', {})
  plans.submit('b', 'what-if', {})
  await plans.cancel('plan-1')
  started[0]!({ news: 'result', result: RESULT })
  expect([stoppedCount(), states()]).toEqual([1, ['cancelled', 'running']])
  await plans.cancel('plan-2')
  expect(states()).toEqual(['cancelled', 'cancelled'])
  await plans.cancel('plan-1') // over: forgotten
  expect(() => plans.plan('plan-1')).toThrow(PlanUnknownError)
})

test('progress is told to whoever listens, to the end', () => {
  const { plans, started } = jobs()
  const heard: Plan['state'][] = []
  const { id } = plans.submit('a', 'what-if', {})
  plans.listen(id, ({ state }) => heard.push(state))
  started[0]!({ news: 'progress', doneCount: 1, totalCount: 20, what: 'runs' })
  started[0]!({ news: 'result', result: RESULT })
  expect(heard).toEqual(['running', 'done'])
})

test('only the last ones that are over are kept', () => {
  const { plans, started } = jobs()
  for (let at = 0; at < 5; at += 1) {
    plans.submit('a', 'what-if', {})
    started[at]!({ news: 'result', result: RESULT })
  }
  expect(plans.all().map(({ id }) => id)).toEqual(['plan-5', 'plan-4', 'plan-3'])
})
