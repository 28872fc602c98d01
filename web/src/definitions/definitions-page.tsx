import type { KpisAnswer } from '../../../api/answers/kpis-answer.ts'
import { useProfile } from '../answers/profile.ts'
import { useAnswer } from '../answers/use-answer.ts'
import { targetText } from '../figures/figure-text.ts'
import { type Language, useLanguage, useSay } from '../language/language.ts'
import { Answered } from '../parts/answered.tsx'
import { PageHead } from '../parts/page-head.tsx'
import './definitions.css'
import { WindowsOfProfile } from './windows-of-profile.tsx'

type Kpi = KpisAnswer[number]

const TITLE = { zh: '指标定义', en: 'Definitions' }
const NOTE = {
  zh: '与 GET /v1/kpis 同源：计算所用的就是这些定义。',
  en: 'The same source as GET /v1/kpis: this is what is computed.',
}
const FORMULA = { zh: '公式', en: 'Formula' }
const NUMERATOR = { zh: '分子', en: 'Numerator' }
const DENOMINATOR = { zh: '分母', en: 'Denominator' }
const BASE = { zh: '基数', en: 'Base' }
const TARGET = { zh: '目标', en: 'Target' }
const SOURCE = { zh: '来源', en: 'Source' }
const HIGHER = { zh: '越高越好', en: 'higher is better' }
const LOWER = { zh: '越低越好', en: 'lower is better' }

/** What every figure means, from the same source that computes it. */
export default function DefinitionsPage() {
  const say = useSay()
  const { version, definitions } = useProfile()
  const answer = useAnswer<KpisAnswer>('/v1/kpis')
  return (
    <div class="page">
      <PageHead title={say(TITLE)}>
        <PrintFacts version={version} definitions={definitions} />
      </PageHead>
      <p class="quiet">{say(NOTE)}</p>
      <Answered answer={answer}>
        {(kpis) => (
          <div class="definitions">
            {kpis.map((kpi) => (
              <Definition key={kpi.id} kpi={kpi} />
            ))}
          </div>
        )}
      </Answered>
      <WindowsOfProfile />
    </div>
  )
}

function PrintFacts({ version, definitions }: { version: string; definitions: string }) {
  const language = useLanguage()
  return (
    <span class="facts">
      <span>
        {{ zh: '方案版本', en: 'profile version' }[language]} <code>{version}</code>
      </span>
      <span>
        {{ zh: '定义', en: 'definitions' }[language]} <code>{definitions}</code>
      </span>
    </span>
  )
}

function Definition({ kpi }: { kpi: Kpi }) {
  const say = useSay()
  const language = useLanguage()
  const { id, nameZh, nameEn, formula, numerator, denominator, base, direction, target, source } = kpi
  return (
    <section class="panel definition" id={id} data-definition={id}>
      <h2>
        {language === 'zh' ? nameZh : nameEn}{' '}
        <small lang={language === 'zh' ? 'en' : 'zh-CN'}>{language === 'zh' ? nameEn : nameZh}</small>
      </h2>
      <dl>
        <dt>{say(FORMULA)}</dt>
        <dd>
          <code>{formula}</code>
        </dd>
        <dt>{say(NUMERATOR)}</dt>
        <dd>{inLanguage(numerator, language)}</dd>
        <dt>{say(DENOMINATOR)}</dt>
        <dd>{inLanguage(denominator, language)}</dd>
        <dt>{say(BASE)}</dt>
        <dd>{say(base)}</dd>
        <dt>{say(TARGET)}</dt>
        <dd>
          {targetText(target)} <span class="quiet">{say(direction === 'higher-is-better' ? HIGHER : LOWER)}</span>
        </dd>
        <dt>{say(SOURCE)}</dt>
        <dd class="quiet">{source}</dd>
      </dl>
    </section>
  )
}

/** `接通量: answered calls`: the dictionary writes counts in both languages. */
function inLanguage(count: string, language: Language): string {
  const [zh, ...en] = count.split(': ')
  return language === 'zh' || en.length === 0 ? zh! : en.join(': ')
}
