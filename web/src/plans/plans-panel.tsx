import { useEffect, useState } from 'preact/hooks'
import type { PlanSummary } from '../../../api/answers/plan-answer.ts'
import { ask, useAddress } from '../address/address.ts'
import { Link } from '../address/link.tsx'
import { useNames, useProfile } from '../answers/profile.ts'
import { request } from '../answers/request.ts'
import { useAnswer } from '../answers/use-answer.ts'
import { momentText, NOTHING } from '../figures/figure-text.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { Answered } from '../parts/answered.tsx'
import { DataTable } from '../parts/data-table.tsx'
import { askedText, daysText } from './asked-text.ts'
import { BesidePanel } from './beside-panel.tsx'
import { isOver, KIND_WORDS } from './plan-words.ts'
import { ProgressText } from './progress-text.tsx'

const TITLE = { zh: '已有测算', en: 'Plans' }
const NOTE = {
  zh: '结果保存在服务的内存里，服务重启后不再保留。',
  en: 'Results are kept in the memory of the server and are gone when it ends.',
}
const NONE = { zh: '还没有测算。', en: 'No plan yet.' }
const HEADS = {
  kind: { zh: '种类', en: 'Plan' },
  asked: { zh: '假设', en: 'Asked for' },
  days: { zh: '日期', en: 'Days' },
  at: { zh: '提交时间', en: 'Asked at' },
  state: { zh: '状态', en: 'State' },
  beside: { zh: '并排', en: 'Side by side' },
}
const CANCEL = { zh: '取消', en: 'Cancel' }
const FORGET = { zh: '删除', en: 'Forget' }
const ASK_EVERY_MS = 1_000
/** So many columns a screen has room for. */
const BESIDE_MAX = 4

/** The plans of this API, the last one first, and the chosen ones side by side. */
export function PlansPanel() {
  const say = useSay()
  const language = useLanguage()
  const names = useNames()
  const profile = useProfile()
  const { query } = useAddress()
  const [round, setRound] = useState(0)
  const answer = useAnswer<{ plans: PlanSummary[] }>('/v1/plans', round)
  const plans = answer.value?.plans ?? []
  const isWorking = plans.some((plan) => !isOver(plan))
  useEffect(() => {
    if (!isWorking) return
    const timer = setTimeout(() => setRound((before) => before + 1), ASK_EVERY_MS)
    return () => clearTimeout(timer)
  }, [isWorking, answer.value])
  const comparable = plans.filter(({ kind, state }) => kind !== 'forecast' && state === 'done').map(({ id }) => id)
  const beside = besideOf(query, comparable)
  const toggle = (id: string) => {
    const chosen = beside.includes(id) ? beside.filter((one) => one !== id) : [...beside, id]
    ask({ beside: chosen.length === 0 ? 'none' : chosen.join(',') })
  }
  const end = async (id: string) => {
    await request(`/v1/plans/${id}`, { method: 'DELETE' }).catch(() => null) // gone already: the list will say so
    setRound((before) => before + 1)
  }
  return (
    <>
      <section class="panel" aria-labelledby="plans">
        <header class="panel-head">
          <h2 id="plans">{say(TITLE)}</h2>
          <span class="quiet">{say(NOTE)}</span>
        </header>
        <Answered answer={answer}>
          {() => (
            <DataTable<PlanSummary>
              caption={say(TITLE)}
              rows={plans}
              keyOf={({ id }) => id}
              empty={say(NONE)}
              columns={[
                {
                  head: say(HEADS.kind),
                  cell: ({ id, kind }) => (
                    <Link to={`/plans/${id}`}>
                      <span data-plan={id}>{say(KIND_WORDS[kind])}</span>
                    </Link>
                  ),
                  isRowHead: true,
                },
                {
                  head: say(HEADS.asked),
                  cell: (plan) => <span class="plan-asked">{askedText(plan, names, language) || NOTHING}</span>,
                },
                { head: say(HEADS.days), cell: (plan) => <span class="nowrap">{daysText(plan, profile)}</span> },
                { head: say(HEADS.at), cell: ({ askedAt }) => <span class="nowrap">{momentText(askedAt)}</span> },
                { head: say(HEADS.state), cell: (plan) => <ProgressText plan={plan} /> },
                {
                  head: say(HEADS.beside),
                  cell: ({ id, kind }) =>
                    comparable.includes(id) ? (
                      <input
                        type="checkbox"
                        checked={beside.includes(id)}
                        disabled={!beside.includes(id) && beside.length >= BESIDE_MAX}
                        aria-label={`${say(HEADS.beside)}: ${say(KIND_WORDS[kind])}`}
                        onChange={() => toggle(id)}
                      />
                    ) : null,
                },
                {
                  head: '',
                  cell: (plan) => (
                    <button type="button" class="plan-small" onClick={() => void end(plan.id)}>
                      {say(isOver(plan) ? FORGET : CANCEL)}
                    </button>
                  ),
                },
              ]}
            />
          )}
        </Answered>
      </section>
      {beside.length > 0 ? <BesidePanel ids={beside} /> : null}
    </>
  )
}

/** Which plans are looked at side by side: as the address says, else the last ones. */
function besideOf(query: URLSearchParams, comparable: readonly string[]): string[] {
  const asked = query.get('beside')
  if (asked === null) return comparable.slice(0, BESIDE_MAX)
  return asked.split(',').filter((id) => comparable.includes(id))
}
