import type { StabilityAnswer } from '../../../api/answers/stability-shape.ts'
import { useAddress } from '../address/address.ts'
import { Link } from '../address/link.tsx'
import { useNames } from '../answers/profile.ts'
import { countText, momentText, targetText } from '../figures/figure-text.ts'
import { useSay } from '../language/language.ts'
import { callsPath, windowPath } from './asked-peaks.ts'
import { NO_DATA } from './peak-words.ts'

const ROLLING = { zh: '任意连续24小时', en: 'Any 24 hours in a row' }
const LEAST = { zh: '最低的一段', en: 'the lowest' }
const STANDARD = { zh: '国标 GB/T 33358-2016', en: 'GB/T 33358-2016' }
const REACHED = { zh: '✓ 达到', en: '✓ reached' }
const MISSED = { zh: '✗ 未达到', en: '✗ missed' }
const COVERAGE = { zh: '数据是否齐全', en: 'Whether records are there' }
const ALL_THERE = { zh: '没有发现缺少记录的高峰。', en: 'No peak was found without records.' }
const UNKNOWN = { zh: '场无从比较', en: 'cannot be told' }
const NOTES = { zh: '备注', en: 'Notes' }
const NO_NOTES = { zh: '本期没有备注。', en: 'There are no notes on this span.' }
const LONGEST = { zh: '最长无记录', en: 'longest without a record' }
const CALLS = { zh: '看这段的通话', en: 'its calls' }

/** The rolling day, coverage and notes: what a rate alone does not say. */
export function StandingPanel({ stability }: { stability: StabilityAnswer }) {
  const say = useSay()
  const names = useNames()
  const { query } = useAddress()
  const { rolling24Hours: low, coverage, continuity, notes } = stability
  return (
    <section class="panel standing">
      <div>
        <h2>{say(ROLLING)}</h2>
        {low === null ? null : (
          <p data-rolling>
            {say(LEAST)} <b>{low.percent}%</b>{' '}
            <span class={`mark ${low.met === false ? 'bad' : 'good'}`}>
              {say(low.met === false ? MISSED : REACHED)} {targetText(low.target)}
            </span>
            <br />
            <span class="quiet">
              {momentText(low.startAt)} – {momentText(low.endAt)} · {countText(low.answeredCount)} /{' '}
              {countText(low.offeredCount)} · {say(STANDARD)} ·{' '}
              <Link to={callsPath(low.startAt, low.endAt, query, '')}>{say(CALLS)}</Link>
            </span>
          </p>
        )}
      </div>
      <div>
        <h2>{say(COVERAGE)}</h2>
        {coverage.noDataCount === 0 ? (
          <p>
            {say(ALL_THERE)}
            {coverage.unknownCount === 0 ? null : (
              <span class="quiet">
                {' '}
                {coverage.unknownCount} {say(UNKNOWN)}
              </span>
            )}
          </p>
        ) : (
          <>
            <p>
              <span class="mark bad">
                {say(NO_DATA)} {coverage.noDataCount}
              </span>
            </p>
            <ul>
              {coverage.noData.slice(0, 5).map(({ id, startAt }) => (
                <li key={id}>
                  <Link to={windowPath(id, query)}>
                    {names.window(id.split('@')[0]!)} {startAt.slice(0, 10)}
                  </Link>
                </li>
              ))}
            </ul>
          </>
        )}
        {continuity.longestSilence === null ? null : (
          <p class="quiet">
            {say(LONGEST)}: {momentText(continuity.longestSilence.startAt)} –{' '}
            {momentText(continuity.longestSilence.endAt)}
          </p>
        )}
      </div>
      <div>
        <h2>{say(NOTES)}</h2>
        {notes.length === 0 ? (
          <p class="quiet">{say(NO_NOTES)}</p>
        ) : (
          <ul>
            {notes.map(({ from, to, text }) => (
              <li key={from}>
                {say(text)} <small class="quiet">{`${from} – ${to}`}</small>
              </li>
            ))}
          </ul>
        )}
      </div>
    </section>
  )
}
