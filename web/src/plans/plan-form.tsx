import { useId, useState } from 'preact/hooks'
import type { PlanSummary } from '../../../api/answers/plan-answer.ts'
import { ask, go, useAddress } from '../address/address.ts'
import { freshness } from '../answers/live.ts'
import { useNames, useProfile } from '../answers/profile.ts'
import { requestPost } from '../answers/request.ts'
import { useStore } from '../answers/store.ts'
import { dateAfter } from '../figures/period-name.ts'
import { useSay } from '../language/language.ts'
import { askedDay, inputsOf, kindOf, ROSTER_FILE, seatsName } from './asked-plan.ts'
import { ChoiceInput, DayInput } from './choice-inputs.tsx'
import { NUMBER_FIELDS, type NumberField } from './form-fields.ts'
import { NumberInput } from './number-input.tsx'
import { KIND_QUESTIONS, KIND_WORDS, type PlanKind } from './plan-words.ts'
import { RosterFileInput } from './roster-file-input.tsx'

const TITLE = { zh: '新的测算', en: 'A new plan' }
const KIND = { zh: '测算种类', en: 'Kind of plan' }
const FROM = { zh: '实际话务，从', en: 'Recorded calls, from' }
const THROUGH = { zh: '到（含）', en: 'through' }
const FIRST_DAY = { zh: '预测首日', en: 'First day' }
const SEATS_CHANGE = { zh: '坐席变化', en: 'Seats, change' }
const ALL_DAY = { zh: '全部时段', en: 'All day' }
const ROSTER = { zh: '基准坐席', en: 'Seats to begin with' }
const ROSTERS = [
  { value: '', words: { zh: '自动', en: 'as it was, as far as is known' } },
  { value: 'profile', words: { zh: '方案班次', en: 'the profile’s shifts' } },
  { value: 'seen', words: { zh: '通话中见到的坐席（下界）', en: 'seats seen on calls (a lower bound)' } },
  { value: ROSTER_FILE, words: { zh: '自己的排班表（CSV）', en: 'a roster of your own (CSV)' } },
]
const HANDLING_TIMES = { zh: '时长取自', en: 'Times are drawn' }
const HANDLING_CHOICES = [
  { value: '', words: { zh: '实际记录', en: 'from the records' } },
  { value: 'log-normal', words: { zh: '对数正态拟合', en: 'from a log-normal fit' } },
]
const ARRIVALS = { zh: '来电取自', en: 'Arrivals' }
const ARRIVALS_CHOICES = [
  { value: '', words: { zh: '实际来电', en: 'as recorded' } },
  { value: 'fitted', words: { zh: '同形随机过程', en: 'a process of the same shape' } },
]
const MORE = { zh: '更多假设', en: 'More assumptions' }
const START = { zh: '开始测算', en: 'Start' }
const PERCENT = { zh: '%', en: '%' }

/** Asks for a plan; where nothing is typed the profile and the records decide. */
export function PlanForm() {
  const say = useSay()
  const names = useNames()
  const { query } = useAddress()
  const { stability, peaks, special } = useProfile()
  const heading = useId()
  const [isSending, setIsSending] = useState(false)
  const [fault, setFault] = useState<string | null>(null)
  const [rosterFile, setRosterFile] = useState<File | null>(null)
  const kind = kindOf(query)
  const hasOwnRoster = kind !== 'forecast' && query.get('roster') === ROSTER_FILE
  const fields = NUMBER_FIELDS.filter(({ kinds }) => kinds.includes(kind))
  const numberOf = (field: NumberField) => (
    <NumberInput
      key={field.name}
      {...field}
      label={say(field.label)}
      usual={field.name === 'tolerancePoints' ? String(stability.tolerancePoints) : say(field.usual)}
    />
  )
  const days = useDays()
  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    setIsSending(true)
    setFault(null)
    try {
      const inputs = inputsOf(kind, query)
      const own = hasOwnRoster && rosterFile !== null ? { rosterCsv: await rosterFile.text() } : {}
      const { id } = await requestPost<PlanSummary>('/v1/plans', {
        kind,
        inputs: { ...days.inputsOf(kind), ...inputs, ...own },
      })
      go(`/plans/${id}?${query.toString()}`)
    } catch (error) {
      setFault((error as Error).message)
      setIsSending(false)
    }
  }
  return (
    <form class="panel" aria-labelledby={heading} onSubmit={(event) => void send(event)}>
      <header class="panel-head">
        <h2 id={heading}>{say(TITLE)}</h2>
        <fieldset class="switch">
          <legend class="unseen">{say(KIND)}</legend>
          {(Object.keys(KIND_WORDS) as PlanKind[]).map((one) => (
            <button
              key={one}
              type="button"
              aria-pressed={one === kind}
              onClick={() => ask({ kind: one === 'what-if' ? null : one })}
            >
              {say(KIND_WORDS[one])}
            </button>
          ))}
        </fieldset>
      </header>
      <p class="quiet">{say(KIND_QUESTIONS[kind])}</p>
      <div class="plan-fields">
        {kind === 'forecast' ? (
          <DayInput
            name="from"
            label={say(FIRST_DAY)}
            day={askedDay(query, 'from') ?? days.next}
            onChoose={chooseFrom}
          />
        ) : (
          <>
            <DayInput name="from" label={say(FROM)} day={askedDay(query, 'from') ?? days.from} onChoose={chooseFrom} />
            <DayInput
              name="to"
              label={say(THROUGH)}
              day={dateAfter(askedDay(query, 'to') ?? days.to, -1)}
              onChoose={(day) => ask({ to: dateAfter(day, 1) }, false)}
            />
          </>
        )}
        {fields.filter(({ isSeldom }) => !isSeldom).map(numberOf)}
      </div>
      {kind === 'what-if' ? (
        <fieldset class="plan-seats">
          <legend>{say(SEATS_CHANGE)}</legend>
          <div class="plan-fields">
            {['all', ...[...peaks, ...special].map(({ id }) => id)].map((period) => (
              <NumberInput
                key={period}
                name={seatsName(period)}
                label={period === 'all' ? say(ALL_DAY) : names.window(period)}
                unit={PERCENT}
                usual="0"
                min={-100}
                max={900}
                isWhole={false}
              />
            ))}
          </div>
        </fieldset>
      ) : null}
      {kind === 'forecast' ? null : (
        <details class="plan-more" open={hasOwnRoster || undefined}>
          <summary>{say(MORE)}</summary>
          <div class="plan-fields">
            <ChoiceInput name="roster" label={say(ROSTER)} choices={ROSTERS} />
            {hasOwnRoster ? <RosterFileInput onChoose={setRosterFile} /> : null}
            <ChoiceInput name="handlingTimes" label={say(HANDLING_TIMES)} choices={HANDLING_CHOICES} />
            <ChoiceInput name="arrivals" label={say(ARRIVALS)} choices={ARRIVALS_CHOICES} />
            {fields.filter(({ isSeldom }) => isSeldom).map(numberOf)}
          </div>
        </details>
      )}
      <p class="plan-send">
        <button type="submit" class="main" disabled={isSending}>
          {say(START)}
        </button>
        <span role="alert" class="bad">
          {fault}
        </span>
      </p>
    </form>
  )
}

function chooseFrom(day: string): void {
  ask({ from: day }, false)
}

/** The days that a plan is about where nobody chose any: of the contract those that are counted. */
function useDays() {
  const { contract } = useProfile()
  const asOf = useStore(freshness)?.answer.topics[0]?.watermark ?? null
  const counted = asOf === null ? contract.to : asOf.slice(0, 10)
  const to = counted > contract.from && counted < contract.to ? counted : contract.to
  return {
    from: contract.from,
    to,
    next: to,
    inputsOf: (kind: PlanKind) => (kind === 'forecast' ? { from: to } : { from: contract.from, to }),
  }
}
