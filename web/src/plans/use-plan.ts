import { useEffect, useState } from 'preact/hooks'
import type { PlanAnswer, PlanSummary } from '../../../api/answers/plan-answer.ts'
import { type Answer, useAnswer } from '../answers/use-answer.ts'
import { isOver } from './plan-words.ts'

export interface WatchedPlan {
  /** As it was last heard of; `null` before the first word. */
  now: PlanSummary | null
  /** Asked for once the plan is over, or is not known. */
  answer: Answer<PlanAnswer>
}

/** A plan by its id: its progress as it is told, and its result once there is one. */
export function usePlan(id: string): WatchedPlan {
  const [now, setNow] = useState<PlanSummary | null>(null)
  const [isTold, setIsTold] = useState(false)
  useEffect(() => {
    setNow(null)
    setIsTold(false)
    const events = new EventSource(`/v1/plans/${encodeURIComponent(id)}/events`)
    events.addEventListener('plan', ({ data }: MessageEvent<string>) => {
      const plan = JSON.parse(data) as PlanSummary
      setNow(plan)
      if (!isOver(plan)) return
      events.close() // or the browser would ask again and again for what has ended
      setIsTold(true)
    })
    events.addEventListener('error', () => {
      if (events.readyState === EventSource.CLOSED) setIsTold(true) // no such plan, or no right: the answer says which
    })
    return () => events.close()
  }, [id])
  return { now, answer: useAnswer<PlanAnswer>(isTold ? `/v1/plans/${encodeURIComponent(id)}` : null) }
}
