import type { ForecastResult } from '../../../api/answers/plan-answer.ts'
import { ask, useAddress } from '../address/address.ts'
import { countText, percentText } from '../figures/figure-text.ts'
import { useSay } from '../language/language.ts'
import { DataTable } from '../parts/data-table.tsx'
import { Figure } from '../parts/figure.tsx'
import { ForecastChart } from './forecast-chart.tsx'
import { INTERVAL, OFFDAY, WORKDAY } from './plan-words.ts'

type Day = ForecastResult['days'][number]
type Quarter = ForecastResult['quarters'][number]

const DAYS = { zh: '逐日预计人工请求', en: 'Calls expected, by day' }
const QUARTERS = { zh: '逐刻预计人工请求', en: 'Calls expected, by quarter-hour' }
const DATE = { zh: '日期', en: 'Date' }
const TIME = { zh: '时间', en: 'Time' }
const CLASS = { zh: '类别', en: 'Kind of day' }
const BASIS = { zh: '依据', en: 'Taken from' }
const EXPECTED = { zh: '预计', en: 'Expected' }
const BACKTEST = { zh: '回测', en: 'Backtest' }
const BASES = {
  weekday: { zh: '同星期同类日子', en: 'days of the same weekday and kind' },
  holiday: { zh: '上次同一假日', en: 'the same holiday before' },
  special: { zh: '上次同一特殊时期', en: 'the same special period before' },
  none: { zh: '没有可比的日子', en: 'no day like it' },
}

/** The calls of the next weeks, and how well the weeks before would have been foreseen. */
export function ForecastParts({ result }: { result: ForecastResult }) {
  const { days, quarters } = result
  const asked = useAddress().query.get('day')
  const day = days.find(({ date }) => date === asked)?.date ?? days[0]!.date
  return (
    <>
      <BacktestPanel backtest={result.backtest} />
      <DaysFigure days={days} />
      <QuartersFigure days={days} day={day} quarters={quarters.filter(({ startAt }) => startAt.startsWith(day))} />
    </>
  )
}

function BacktestPanel({ backtest }: { backtest: ForecastResult['backtest'] }) {
  const say = useSay()
  const { weeksCount, wapeByDay, wapeByQuarter, coverageOfDays, coverageOfQuarters } = backtest
  return (
    <div class="notice" data-backtest>
      <p>
        <b>{say(BACKTEST)}</b>{' '}
        {say({
          zh: `最近 ${weeksCount} 周，每周只用此前的数据预测：日误差 ${percentText(wapeByDay)}，刻误差 ${percentText(wapeByQuarter)}（绝对误差之和占来电）；区间含住 ${percentText(coverageOfDays)} 的日子、${percentText(coverageOfQuarters)} 的刻。`,
          en: `The last ${weeksCount} weeks, each from what was known before it: off by ${percentText(wapeByDay)} of the calls by day, ${percentText(wapeByQuarter)} by quarter-hour; the interval held ${percentText(coverageOfDays)} of the days and ${percentText(coverageOfQuarters)} of the quarter-hours.`,
        })}
      </p>
    </div>
  )
}

function DaysFigure({ days }: { days: readonly Day[] }) {
  const say = useSay()
  return (
    <Figure
      id="days"
      title={say(DAYS)}
      note={say({
        zh: '浅色带为区间；点一天看逐刻。',
        en: 'The pale band is the interval; a click on a day shows its quarter-hours.',
      })}
      chart={
        <ForecastChart
          label={say(DAYS)}
          words={{ expected: say(EXPECTED), interval: say(INTERVAL) }}
          points={days.map(({ date, expectedCount, lowerCount, upperCount }) => ({
            name: date,
            short: date.slice(5),
            expected: expectedCount,
            lower: lowerCount,
            upper: upperCount,
          }))}
          decimals={0}
          onChoose={(date) => ask({ day: date })}
        />
      }
      table={
        <DataTable<Day>
          caption={say(DAYS)}
          rows={days}
          keyOf={({ date }) => date}
          columns={[
            { head: say(DATE), cell: ({ date }) => date, isRowHead: true },
            { head: say(CLASS), cell: ({ dayClass }) => say(dayClass === 'workday' ? WORKDAY : OFFDAY) },
            { head: say(BASIS), cell: ({ basis }) => say(BASES[basis]) },
            { head: say(EXPECTED), kind: 'number', cell: ({ expectedCount }) => countText(Math.round(expectedCount)) },
            {
              head: say(INTERVAL),
              kind: 'number',
              cell: ({ lowerCount, upperCount }) => `${countText(lowerCount)} – ${countText(upperCount)}`,
            },
          ]}
        />
      }
    />
  )
}

interface QuartersFigureProps {
  days: readonly Day[]
  day: string
  quarters: readonly Quarter[]
}

function QuartersFigure({ days, day, quarters }: QuartersFigureProps) {
  const say = useSay()
  return (
    <Figure
      id="quarters"
      title={say(QUARTERS)}
      controls={
        <select aria-label={say(DATE)} value={day} onChange={({ currentTarget }) => ask({ day: currentTarget.value })}>
          {days.map(({ date }) => (
            <option key={date} value={date}>
              {date}
            </option>
          ))}
        </select>
      }
      chart={
        <ForecastChart
          label={`${say(QUARTERS)} ${day}`}
          words={{ expected: say(EXPECTED), interval: say(INTERVAL) }}
          points={quarters.map(({ startAt, expected, lower, upper }) => ({
            name: startAt.slice(11, 16),
            short: startAt.slice(11, 16),
            expected,
            lower,
            upper,
          }))}
          decimals={1}
        />
      }
      table={
        <DataTable<Quarter>
          caption={`${say(QUARTERS)} ${day}`}
          rows={quarters}
          keyOf={({ startAt }) => startAt}
          columns={[
            { head: say(TIME), cell: ({ startAt }) => startAt.slice(11, 16), isRowHead: true },
            { head: say(EXPECTED), kind: 'number', cell: ({ expected }) => expected.toFixed(1) },
            { head: say(INTERVAL), kind: 'number', cell: ({ lower, upper }) => `${lower} – ${upper}` },
          ]}
        />
      }
    />
  )
}
