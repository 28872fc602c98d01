import type { ProfileAnswer } from '../answers/profile.ts'
import { useNames, useProfile } from '../answers/profile.ts'
import { dateAfter } from '../figures/period-name.ts'
import { useLanguage, useSay, type Words } from '../language/language.ts'
import { DataTable } from '../parts/data-table.tsx'

type Days = ProfileAnswer['peaks'][number]['days']
interface Row {
  id: string
  days: string
  hours: string
}

const TITLE = { zh: '高峰与特殊时期', en: 'Peaks and special periods' }
const NAME = { zh: '名称', en: 'Name' }
const DAYS = { zh: '日子', en: 'Days' }
const HOURS = { zh: '时段', en: 'Hours' }
const DAY_WORDS: Readonly<Record<string, Words>> = {
  workday: { zh: '工作日（含调休上班日）', en: 'workdays, make-up workdays included' },
  offday: { zh: '休息日（周末与节假日）', en: 'weekends and holidays' },
  all: { zh: '每日', en: 'every day' },
  monday: { zh: '周一', en: 'Monday' },
  tuesday: { zh: '周二', en: 'Tuesday' },
  wednesday: { zh: '周三', en: 'Wednesday' },
  thursday: { zh: '周四', en: 'Thursday' },
  friday: { zh: '周五', en: 'Friday' },
  saturday: { zh: '周六', en: 'Saturday' },
  sunday: { zh: '周日', en: 'Sunday' },
}

/** The windows that are judged, and how strictly. */
export function WindowsOfProfile() {
  const say = useSay()
  const language = useLanguage()
  const names = useNames()
  const { peaks, special, stability } = useProfile()
  const daysText = (days: Days) =>
    (typeof days === 'string' ? [days] : days)
      .map((day) => say(DAY_WORDS[day] ?? { zh: day, en: day }))
      .join(language === 'zh' ? '、' : ', ')
  const rows: Row[] = [
    ...peaks.map(({ id, days, from, to }) => ({ id, days: daysText(days), hours: `${from}–${to}` })),
    ...special.map(({ id, from, to }) => ({ id, days: inclusive(from, to), hours: '' })),
  ]
  const terms = {
    zh: `容许偏差 ${stability.tolerancePoints} 个百分点，置信度 ${100 * stability.confidence}%`,
    en: `Tolerance ${stability.tolerancePoints} percentage points, confidence ${100 * stability.confidence}%`,
  }[language]
  return (
    <section class="panel" aria-labelledby="windows">
      <header class="panel-head">
        <h2 id="windows">{say(TITLE)}</h2>
        <span class="quiet">{terms}</span>
      </header>
      <DataTable
        caption={say(TITLE)}
        rows={rows}
        keyOf={({ id }) => id}
        columns={[
          { head: say(NAME), cell: ({ id }) => names.window(id), isRowHead: true },
          { head: say(DAYS), cell: ({ days }) => days },
          { head: say(HOURS), cell: ({ hours }) => hours },
        ]}
      />
    </section>
  )
}

/** Dates as people read them, the last day inside; a time of day stays as it is written. */
function inclusive(from: string, to: string): string {
  if (from.length > 10 || to.length > 10) return `${from.replace('T', ' ')} – ${to.replace('T', ' ')}`
  const last = dateAfter(to, -1)
  return last === from ? from : `${from} – ${last}`
}
