import { fractionIn, type KpiId, type PeriodCounts } from '../../kpi/kpi.ts'
import { KPIS } from '../../kpi/kpis.ts'
import type { IssuedFigure } from '../store/store-reader.ts'

/**
 * The KPIs whose present counts differ from the last final statement: a figure that was issued is final no more, it has
 * been restated 更正 until another statement says the new one.
 *
 * @param issued `null` if nothing was issued
 */
export function restatedKpis(issued: readonly IssuedFigure[] | null, counts: PeriodCounts): ReadonlySet<KpiId> {
  const restated = KPIS.filter((kpi) => {
    const said = issued?.find(({ id }) => id === kpi.id)
    if (said === undefined) return false
    const { numerator, denominator } = fractionIn(counts, kpi)
    return said.numerator !== numerator || said.denominator !== denominator
  })
  return new Set(restated.map(({ id }) => id))
}
