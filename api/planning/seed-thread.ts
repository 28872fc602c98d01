/** A thread that runs seeds of one plan; it keeps their callers, so that another roster meets the very same ones. */
import { parentPort, workerData } from 'node:worker_threads'
import { runSeed } from '../../kpi/planning/seed-counts.ts'
import { type SeededLoad, seededLoad } from '../../kpi/planning/seeded-load.ts'
import { type SeedDone, type SeedTask, type SeedThreadStart, unpackedDuties } from './seed-task.ts'
import type { ThreadData } from './typescript-thread.ts'

/** Callers that are kept at most, all seeds together: about 33 bytes each. */
const CALLERS_KEPT_MAX = 4_000_000

const { model, shortAbandonMsMax } = (workerData as ThreadData<SeedThreadStart>).start
const loads = new Map<number, SeededLoad>()

function loadOf(seed: number): SeededLoad {
  const known = loads.get(seed)
  if (known !== undefined) return known
  const made = seededLoad(model, seed)
  if ((loads.size + 1) * made.callers.length <= CALLERS_KEPT_MAX) loads.set(seed, made)
  return made
}

parentPort!.on('message', ({ taskNumber, seed, duties }: SeedTask) => {
  const counts = runSeed(model, unpackedDuties(duties), seed, shortAbandonMsMax, loadOf(seed))
  const done: SeedDone = { taskNumber, counts }
  parentPort!.postMessage(done)
})
