import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from 'playwright-core'

const SERIOUS = new Set(['serious', 'critical'])

/** What axe finds on a page as it is drawn now that keeps people out; each with its rule and its element. */
export async function seriousFaultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).options({ resultTypes: ['violations'] }).analyze()
  return violations
    .filter(({ impact }) => SERIOUS.has(impact ?? ''))
    .flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => `${id}: ${html} ${failureSummary}`))
}
