/** Starts plans in threads, of which each one reads the store for itself. */
import { availableParallelism } from 'node:os'
import type { Profile } from '../../schemas/profile.ts'
import type { StartPlan } from './plan-jobs.ts'
import type { PlanNews, PlanThreadStart } from './plan-thread.ts'
import { startThread } from './typescript-thread.ts'

const THREAD = new URL('./plan-thread.ts', import.meta.url)
/** Thirty runs of a year of 412,000 calls: with one thread for them about half a minute. */
const CALLS_TIMES_SEEDS_MAX = 15_000_000

export interface ThreadPlansOptions {
  storeUrl: string
  database: string
  profile: Profile
  /** Hears of a thread that ended by a fault of ours. */
  onFault: (error: unknown) => void
  callsTimesSeedsMax?: number
}

export function threadPlans(options: ThreadPlansOptions): StartPlan {
  const { storeUrl, database, profile, onFault, callsTimesSeedsMax = CALLS_TIMES_SEEDS_MAX } = options
  // One processor stays with those who ask.
  const threadsCount = Math.max(1, availableParallelism() - 1)
  return (kind, inputs, hear) => {
    const start: PlanThreadStart = { storeUrl, database, profile, kind, inputs, threadsCount, callsTimesSeedsMax }
    const thread = startThread(THREAD, start)
    thread.on('message', (news: PlanNews) => {
      hear(news)
      if (news.news !== 'progress') void thread.terminate()
    })
    thread.on('error', (error) => {
      onFault(error)
      hear({
        news: 'problem',
        code: 'STEADYLINE_INTERNAL',
        detail: 'The question is right, the plan failed. It is in the log.',
      })
    })
    return { stop: async () => void (await thread.terminate()) }
  }
}
