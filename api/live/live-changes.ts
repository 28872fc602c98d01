/** What is new between two looks at the store. Nothing here reads: it remembers what was read before. */
import type { IssuedVerdict } from '../store/issued-verdict.ts'
import type { ConnectionCell } from '../store/store-reader.ts'
import type { DayEvidence } from './live-reader.ts'

export class LiveChanges {
  #evidenceOf = new Map<string, string>()
  #cellEvidence = new Map<number, number>()
  #verdicts = new Set<string>()

  /** Days whose evidence is another than at the last look, in order. */
  daysOf(evidence: readonly DayEvidence[]): string[] {
    const known = this.#evidenceOf
    this.#evidenceOf = new Map(evidence.map(({ day, calls, tickets }) => [day, `${calls} ${tickets}`]))
    const gone = [...known.keys()].filter((day) => !this.#evidenceOf.has(day))
    const changed = evidence.map(({ day }) => day).filter((day) => known.get(day) !== this.#evidenceOf.get(day))
    return [...gone, ...changed].sort()
  }

  /** Of the cells that were read those with other evidence than before; all are remembered. */
  cellsOf(cells: readonly ConnectionCell[]): ConnectionCell[] {
    const changed = cells.filter(({ cellAtMs, evidence }) => this.#cellEvidence.get(cellAtMs) !== evidence)
    for (const { cellAtMs, evidence } of changed) this.#cellEvidence.set(cellAtMs, evidence)
    return changed
  }

  /** Versions of verdicts that were not there at the last look. */
  verdictsOf(issued: readonly IssuedVerdict[]): ReadonlySet<IssuedVerdict> {
    const fresh = issued.filter((verdict) => !this.#verdicts.has(versionOf(verdict)))
    for (const verdict of fresh) this.#verdicts.add(versionOf(verdict))
    return new Set(fresh)
  }
}

function versionOf({ id, profileVersion, definitions, evidence, baseEvidence }: IssuedVerdict): string {
  return [id, profileVersion, definitions, evidence, baseEvidence].join(' ')
}
