/** Records as a hotline sends them, 模拟数据: a steady stream of some a second, a few of them twice. */
import { setTimeout as pause } from 'node:timers/promises'
import { simulate } from '../../producers/hotline/simulate.ts'
import { type SentRecord, sentCall, sentTicket } from '../faults/records.ts'
import type { Trial } from '../faults/trial.ts'
import { at, panjin } from '../unit/producers/panjin.ts'

const EVERY_MS = 500
/** Every so many records one that was sent before comes again. */
const AGAIN_EVERY = 20

function* hotline(): Generator<SentRecord> {
  const year = { profile: panjin, seed: 7, fromAtMs: at('2023-01-01'), toAtMs: at('2024-01-01'), scale: 1 }
  for (const simulated of simulate(year)) {
    yield simulated.topic === 'calls' ? sentCall(simulated.record) : sentTicket(simulated.record)
  }
}

/** Sends until it is stopped; also while the broker is away, later then. */
export async function sendLive(trial: Trial, ratePerSecond: number, signal: AbortSignal): Promise<void> {
  const records = hotline()
  const fromMs = performance.now()
  while (!signal.aborted) {
    const due = ((performance.now() - fromMs) / 1_000) * ratePerSecond - trial.sent.length
    const batch: SentRecord[] = []
    while (batch.length < due) {
      const next = records.next()
      if (next.done === true) return
      batch.push(next.value)
      if (batch.length % AGAIN_EVERY === 0) batch.push(trial.sent[trial.sent.length >>> 1] ?? next.value)
    }
    await trial.sendRecords(batch)
    await pause(EVERY_MS)
  }
}
