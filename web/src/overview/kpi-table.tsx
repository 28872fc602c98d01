import type { PeriodAnswer } from '../../../api/answers/period-answer.ts'
import { countText, NOTHING, signedPoints, targetText } from '../figures/figure-text.ts'
import { useLanguage, useSay } from '../language/language.ts'
import { Changing } from '../parts/changing.tsx'
import { StatusMark } from '../parts/mark.tsx'
import { Bullet } from './bullet.tsx'

type Kpi = PeriodAnswer['kpis'][number]

const TITLE = { zh: '指标', en: 'KPIs' }
const HEADS = {
  kpi: { zh: '指标与基数', en: 'KPI and its base' },
  measured: { zh: '实际值', en: 'Measured' },
  counts: { zh: '分子 / 分母', en: 'Counted' },
  target: { zh: '目标', en: 'Target' },
  published: { zh: '公布值', en: 'Published' },
  difference: { zh: '与公布之差（个百分点）', en: 'Difference (points)' },
  before: { zh: '环比（个百分点）', en: 'To the period before (points)' },
  yearBefore: { zh: '同比（个百分点）', en: 'To the year before (points)' },
  status: { zh: '状态', en: 'Status' },
}
const MET = { zh: '达标', en: 'met' }
const MISSED = { zh: '未达标', en: 'missed' }

/** Every KPI of the period; those of the contract, which have a target, first. */
export function KpiTable({ answer }: { answer: PeriodAnswer }) {
  const say = useSay()
  const { kpis } = answer
  const hasPublished = kpis.some(({ published }) => published !== null)
  const hasBefore = kpis.some(({ previous }) => previous !== null)
  const hasYearBefore = kpis.some(({ yearBefore }) => yearBefore !== null)
  const ordered = [...kpis.filter(({ target }) => target !== null), ...kpis.filter(({ target }) => target === null)]
  return (
    <section class="panel" aria-labelledby="kpis">
      <header class="panel-head">
        <h2 id="kpis">{say(TITLE)}</h2>
      </header>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard */}
      <section class="table-scroll" tabIndex={0} aria-label={say(TITLE)}>
        <table class="data kpis">
          <thead>
            <tr>
              <th scope="col">{say(HEADS.kpi)}</th>
              <th scope="col" class="number">
                {say(HEADS.measured)}
              </th>
              <th scope="col" class="number">
                {say(HEADS.counts)}
              </th>
              <th scope="col" class="number">
                {say(HEADS.target)}
              </th>
              {hasPublished ? (
                <>
                  <th scope="col" class="number">
                    {say(HEADS.published)}
                  </th>
                  <th scope="col" class="number narrow">
                    {say(HEADS.difference)}
                  </th>
                </>
              ) : null}
              {hasBefore ? (
                <th scope="col" class="number narrow">
                  {say(HEADS.before)}
                </th>
              ) : null}
              {hasYearBefore ? (
                <th scope="col" class="number narrow">
                  {say(HEADS.yearBefore)}
                </th>
              ) : null}
              <th scope="col">{say(HEADS.status)}</th>
            </tr>
          </thead>
          <tbody>
            {ordered.map((kpi) => (
              <KpiRow
                key={kpi.id}
                kpi={kpi}
                of={`${answer.period} ${kpi.id}`}
                columns={{ hasPublished, hasBefore, hasYearBefore }}
              />
            ))}
          </tbody>
        </table>
      </section>
    </section>
  )
}

interface KpiRowProps {
  kpi: Kpi
  of: string
  columns: { hasPublished: boolean; hasBefore: boolean; hasYearBefore: boolean }
}

function KpiRow({ kpi, of, columns: { hasPublished, hasBefore, hasYearBefore } }: KpiRowProps) {
  const say = useSay()
  const language = useLanguage()
  const { id, ratio, percent, numerator, denominator, target, met, published, status } = kpi
  return (
    <tr data-kpi={id}>
      <th scope="row">
        {language === 'zh' ? kpi.nameZh : kpi.nameEn}
        <small>{say(kpi.base)}</small>
      </th>
      <td class="number measured">
        <b data-percent>
          <Changing of={of} text={percent === null ? NOTHING : `${percent}%`} />
        </b>
        <Bullet ratio={ratio} target={target} isMet={met} />
      </td>
      <td class="number" data-counts>
        <Changing of={of} text={`${countText(numerator)} / ${countText(denominator)}`} />
      </td>
      <td class="number">
        {target === null ? (
          NOTHING
        ) : (
          <>
            {targetText(target)}
            {met === null ? null : (
              <small class={met ? 'good' : 'bad'}>{met ? `✓ ${say(MET)}` : `✗ ${say(MISSED)}`}</small>
            )}
          </>
        )}
      </td>
      {hasPublished ? (
        <>
          <td class="number" title={published?.source}>
            {published === null ? NOTHING : `${published.percent}%`}
          </td>
          <td class="number">
            {published === null || percent === null
              ? NOTHING
              : signedPoints(Number(percent) - Number(published.percent))}
          </td>
        </>
      ) : null}
      {hasBefore ? <td class="number">{difference(ratio, kpi.previous)}</td> : null}
      {hasYearBefore ? <td class="number">{difference(ratio, kpi.yearBefore)}</td> : null}
      <td>
        <StatusMark status={status} />
      </td>
    </tr>
  )
}

function difference(ratio: number | null, before: { ratio: number | null } | null): string {
  if (ratio === null || before === null || before.ratio === null) return NOTHING
  return signedPoints(100 * (ratio - before.ratio))
}
