import type { KpisAnswer } from '../../../api/answers/kpis-answer.ts'
import type { StatementDiffAnswer } from '../../../api/answers/statement-diff-answer.ts'
import { useAnswer } from '../answers/use-answer.ts'
import { countText, momentText, NOTHING, signedPoints } from '../figures/figure-text.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { Answered } from '../parts/answered.tsx'
import { DataTable } from '../parts/data-table.tsx'

type Figure = StatementDiffAnswer['kpis'][number]['issued']
type Spoke = StatementDiffAnswer['records'][number]['issued']

const SAME = {
  zh: '发布以来没有变化：现在的数与发布的一致。',
  en: 'Nothing changed since it was issued: the present figures are the issued ones.',
}
const OTHER_DEFINITIONS = {
  zh: '定义与发布时不同，所以没有记录变动时数也会不同。',
  en: 'The definitions differ from those it was issued with, so figures may differ without any changed record.',
}
const FIGURES = { zh: '变化的指标', en: 'Figures that changed' }
const RECORDS = { zh: '引起变化的记录', en: 'Records that changed them' }
const NO_FIGURES = { zh: '各指标未变。', en: 'No figure changed.' }
const NO_RECORDS = { zh: '没有记录变动。', en: 'No record changed.' }
const NOT_ALL = { zh: '变动的记录更多，此处未列全。', en: 'More records changed than are listed here.' }
const HEADS = {
  kpi: { zh: '指标', en: 'KPI' },
  issued: { zh: '发布时', en: 'Issued' },
  now: { zh: '现在', en: 'Now' },
  points: { zh: '差（个百分点）', en: 'Difference (points)' },
  record: { zh: '记录', en: 'Record' },
  at: { zh: '时刻', en: 'At' },
  kpis: { zh: '影响的指标', en: 'Figures it moved' },
}
const KINDS = { call: { zh: '话务', en: 'call' }, ticket: { zh: '工单', en: 'ticket' } }
const NOT_COUNTED = { zh: '不影响任何指标', en: 'none' }

/** What changed since a statement was issued: figures, and the records behind them. */
export function StatementDiff({ path }: { path: string }) {
  const say = useSay()
  const language = useLanguage()
  const answer = useAnswer<StatementDiffAnswer>(path)
  const dictionary = useAnswer<KpisAnswer>('/v1/kpis').value ?? []
  const nameOf = (id: string) => {
    const kpi = dictionary.find((known) => known.id === id)
    return kpi === undefined ? id : language === 'zh' ? kpi.nameZh : kpi.nameEn
  }
  return (
    <Answered answer={answer}>
      {({ kpis, records, definitions, isComplete }) =>
        kpis.length + records.length === 0 && definitions.issued === definitions.now ? (
          <p class="notice" data-same>
            {say(SAME)}
          </p>
        ) : (
          <>
            {definitions.issued === definitions.now ? null : <p class="notice unsure">{say(OTHER_DEFINITIONS)}</p>}
            <section class="panel">
              <header class="panel-head">
                <h2>{say(FIGURES)}</h2>
              </header>
              <DataTable
                caption={say(FIGURES)}
                rows={kpis}
                keyOf={({ id }) => id}
                empty={say(NO_FIGURES)}
                columns={[
                  { head: say(HEADS.kpi), cell: ({ id }) => nameOf(id), isRowHead: true },
                  { head: say(HEADS.issued), cell: ({ issued }) => figureText(issued), kind: 'number' },
                  { head: say(HEADS.now), cell: ({ now }) => figureText(now), kind: 'number' },
                  {
                    head: say(HEADS.points),
                    cell: ({ differencePoints }) => signedPoints(differencePoints),
                    kind: 'number',
                  },
                ]}
              />
            </section>
            <section class="panel">
              <header class="panel-head">
                <h2>{say(RECORDS)}</h2>
                {isComplete ? null : <span class="unsure">{say(NOT_ALL)}</span>}
              </header>
              <DataTable
                caption={say(RECORDS)}
                rows={records}
                keyOf={({ kind, id, at }) => `${kind} ${id} ${at}`}
                empty={say(NO_RECORDS)}
                columns={[
                  {
                    head: say(HEADS.record),
                    cell: ({ kind, id }) => (
                      <>
                        {say(KINDS[kind])} <code>{id}</code>
                      </>
                    ),
                    isRowHead: true,
                  },
                  { head: say(HEADS.at), cell: ({ at }) => <span class="nowrap">{momentText(at)}</span> },
                  { head: say(HEADS.issued), cell: ({ issued }) => spokeText(issued, language) },
                  { head: say(HEADS.now), cell: ({ now }) => spokeText(now, language) },
                  {
                    head: say(HEADS.kpis),
                    cell: ({ kpis: moved }) =>
                      moved.length === 0 ? say(NOT_COUNTED) : moved.map(nameOf).join(language === 'zh' ? '、' : ', '),
                  },
                ]}
              />
            </section>
          </>
        )
      }
    </Answered>
  )
}

function figureText({ percent, numerator, denominator }: Figure): string {
  return `${percent === null ? NOTHING : `${percent}%`} (${countText(numerator)} / ${countText(denominator)})`
}

function spokeText(spoke: Spoke, language: 'zh' | 'en'): string {
  if (spoke === null) return NOTHING
  const { revision, emittedAt } = spoke
  return { zh: `第 ${revision} 版，${momentText(emittedAt)}`, en: `revision ${revision}, ${momentText(emittedAt)}` }[
    language
  ]
}
