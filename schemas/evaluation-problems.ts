/** What the shape of an `evaluation` section cannot say: that codes, scores, targets and grades fit together. */
import type { Evaluation } from './evaluation.ts'

export interface PlacedProblem {
  path: string[]
  problem: string
}

/** @param targets of the same profile: a measured indicator is scored against its KPI's target */
export function evaluationProblems(evaluation: Evaluation, targets: Record<string, number>): PlacedProblem[] {
  const problems: PlacedProblem[] = []
  const codes = new Set<string>()
  evaluation.indicators.forEach((indicator, index) => {
    const report = (setting: string, problem: string) => {
      const path = ['evaluation', 'indicators', String(index), setting]
      problems.push({ path, problem: `${path.join('.')}: ${problem}` })
    }
    if (codes.has(indicator.code)) report('code', `${indicator.code} is used twice, expected a code of its own`)
    codes.add(indicator.code)
    if (indicator.from === 'judged' && (indicator.score ?? 0) > indicator.weight) {
      report('score', `${indicator.score} is more than the weight, expected at most ${indicator.weight}`)
    }
    if (indicator.from === 'measured' && targets[indicator.kpi] === undefined) {
      report('kpi', `${indicator.kpi} has no target, expected one under targets`)
    }
  })
  if (!evaluation.grades.some(({ from }) => from === 0)) {
    const path = ['evaluation', 'grades']
    problems.push({ path, problem: 'evaluation.grades: the lowest grade is missing, expected one from 0' })
  }
  return problems
}
