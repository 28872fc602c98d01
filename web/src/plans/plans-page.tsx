import { session } from '../answers/session.ts'
import { useStore } from '../answers/store.ts'
import { useSay } from '../language/language.ts'
import { PageHead } from '../parts/page-head.tsx'
import { PlanForm } from './plan-form.tsx'
import { PlansPanel } from './plans-panel.tsx'
import './plans.css'

const TITLE = { zh: '排班测算', en: 'Capacity' }
const WHAT = {
  zh: '把实际来电在另一种坐席下重新推演一遍。测算只读数据，不改动任何实际数；结果是模拟，没有发生过。',
  en: 'Recorded calls are played again with other seats. A plan only reads: no real figure changes, and what it says never happened.',
}
const NO_RIGHT = { zh: '排班测算需要规划员（planner）的密钥。', en: 'Plans need the key of a planner.' }

/** Plans: asking for one, those that were asked for, and some of them side by side. */
export default function PlansPage() {
  const say = useSay()
  const who = useStore(session)
  const mayPlan = who.state !== 'signed-in' || who.role === 'planner' || who.role === 'admin'
  return (
    <div class="page plans-page">
      <PageHead title={say(TITLE)} />
      <p class="quiet">{say(WHAT)}</p>
      {mayPlan ? (
        <>
          <PlanForm />
          <PlansPanel />
        </>
      ) : (
        <p class="notice unsure">{say(NO_RIGHT)}</p>
      )}
    </div>
  )
}
