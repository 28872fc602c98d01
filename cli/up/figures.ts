/** The year's KPIs as `up` prints them: measured beside published and target. */
import Table from 'cli-table3'
import pc from 'picocolors'

interface Kpi {
  id: string
  numerator: number
  denominator: number
  percent: string | null
  target: number | null
  met: boolean | null
  published: { percent: string; source: string } | null
  status: string
}

interface YearAnswer {
  period: string
  profile: string
  status: string
  asOf: string | null
  evidence: { calls: number; tickets: number }
  simulated: boolean
  kpis: Kpi[]
}

/** Asks the API for a year and says it as a table, in one string. */
export async function yearTable(api: string, year: string): Promise<string> {
  const answer = await askedJson<YearAnswer>(`${api}/v1/years/${year}`)
  const names = new Map(
    (await askedJson<{ id: string; nameZh: string }[]>(`${api}/v1/kpis`)).map(({ id, nameZh }) => [id, nameZh]),
  )
  const table = new Table({
    head: ['', 'KPI', 'measured', 'numerator / denominator', 'published', 'target', 'status'],
    colAligns: ['left', 'left', 'right', 'right', 'right', 'right', 'left'],
    style: { head: [], border: [] },
  })
  for (const kpi of answer.kpis) {
    const target =
      kpi.target === null ? '' : `≥ ${(kpi.target * 100).toFixed(0)} %${kpi.met === null ? '' : kpi.met ? ' ✓' : ' ✗'}`
    table.push([
      names.get(kpi.id) ?? '',
      kpi.id,
      kpi.percent === null ? '–' : `${kpi.percent} %`,
      `${kpi.numerator.toLocaleString('en')} / ${kpi.denominator.toLocaleString('en')}`,
      kpi.published === null ? '' : `${kpi.published.percent} %`,
      target,
      kpi.status,
    ])
  }
  const heading = `${answer.simulated ? pc.bold('模拟数据 (simulated data) · ') : ''}${answer.profile} · ${answer.period}`
  const facts = `${(answer.evidence.calls + answer.evidence.tickets).toLocaleString('en')} facts`
  return `${heading}\n${table.toString()}\n${answer.status} as of ${answer.asOf ?? 'nothing yet'} · ${facts}`
}

async function askedJson<Answer>(url: string): Promise<Answer> {
  const answer = await fetch(url)
  if (!answer.ok) throw new Error(`${url} answered ${answer.status}: ${(await answer.text()).slice(0, 500)}`)
  return (await answer.json()) as Answer
}
