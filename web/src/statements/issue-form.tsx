import { useState } from 'preact/hooks'
import type { StatementSummary } from '../../../api/answers/statement-answer.ts'
import { go } from '../address/address.ts'
import { AnswerFailedError, requestPost } from '../answers/request.ts'
import { session } from '../answers/session.ts'
import { useStore } from '../answers/store.ts'
import { type PeriodKind, periodText } from '../figures/period-name.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { PeriodSelect, usePeriod } from '../parts/period-choice.tsx'

const KINDS: readonly PeriodKind[] = ['year', 'quarter', 'month']
const TITLE = { zh: '发布', en: 'Issue one' }
const PROVISIONAL = { zh: '未到终值也发布，并注明暂定', en: 'Issue it though it is not final; it says so' }
const ISSUE = { zh: '发布定版报表', en: 'Issue the statement' }
const ISSUING = { zh: '正在核算全部记录……', en: 'Counting every record …' }
const NO_RIGHT = { zh: '发布需要评价员（evaluator）的密钥。', en: 'Issuing one needs the key of an evaluator.' }
const ASK = {
  zh: (period: string) => `发布 ${period} 的定版报表？发布后不能改动或撤回。`,
  en: (period: string) => `Issue the statement of ${period}? Once issued it cannot be altered or taken back.`,
}

/** Freezes the figures of a period, for those who may. */
export function IssueForm() {
  const say = useSay()
  const language = useLanguage()
  const who = useStore(session)
  const [period, setPeriod] = useState(usePeriod(KINDS))
  const [isProvisional, setIsProvisional] = useState(false)
  const [isIssuing, setIsIssuing] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  if (who.state === 'signed-in' && who.role !== 'evaluator' && who.role !== 'admin')
    return <p class="quiet">{say(NO_RIGHT)}</p>
  const issue = async (event: SubmitEvent) => {
    event.preventDefault()
    if (!confirm(ASK[language](periodText(period, language)))) return
    setIsIssuing(true)
    setFault(null)
    try {
      const { id } = await requestPost<StatementSummary>('/v1/statements', { period, provisional: isProvisional })
      go(`/statements/${id}`)
    } catch (error) {
      setFault(error instanceof AnswerFailedError && error.status === 403 ? say(NO_RIGHT) : (error as Error).message)
      setIsIssuing(false)
    }
  }
  return (
    <form class="panel page-head" aria-label={say(TITLE)} onSubmit={(event) => void issue(event)}>
      <PeriodSelect kinds={KINDS} period={period} onChoose={setPeriod} />
      <label class="field">
        <input
          type="checkbox"
          checked={isProvisional}
          onChange={({ currentTarget }) => setIsProvisional(currentTarget.checked)}
        />
        {say(PROVISIONAL)}
      </label>
      <button type="submit" class="main" disabled={isIssuing}>
        {say(isIssuing ? ISSUING : ISSUE)}
      </button>
      <span role="alert" class="bad">
        {fault}
      </span>
    </form>
  )
}
