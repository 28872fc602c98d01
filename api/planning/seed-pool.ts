/** Runs the seeds of a plan side by side, one thread per processor. */
import type { Worker } from 'node:worker_threads'
import type { PlanModel } from '../../kpi/planning/plan-model.ts'
import type { SeedCounts } from '../../kpi/planning/seed-counts.ts'
import type { Duty } from '../../kpi/queueing/duties.ts'
import { packedDuties, type SeedDone, type SeedTask, type SeedThreadStart } from './seed-task.ts'
import { startThread } from './typescript-thread.ts'

const THREAD = new URL('./seed-thread.ts', import.meta.url)

interface Awaited {
  resolve(counts: SeedCounts): void
  reject(error: unknown): void
}

export class SeedPool {
  readonly threadsCount: number
  readonly #threads: Worker[]
  readonly #awaited = new Map<number, Awaited>()
  #taskCount = 0

  constructor(model: PlanModel, shortAbandonMsMax: number, threadsCount: number) {
    this.threadsCount = threadsCount
    const start: SeedThreadStart = { model, shortAbandonMsMax }
    this.#threads = Array.from({ length: threadsCount }, () => this.#started(startThread(THREAD, start)))
  }

  /** One seed of a roster always goes to the same thread, which knows its callers already. */
  run(duties: readonly Duty[], seeds: readonly number[], onDone?: () => void): Promise<SeedCounts[]> {
    const packed = packedDuties(duties)
    return Promise.all(
      seeds.map(async (seed) => {
        const counts = await this.#send(packed, seed)
        onDone?.()
        return counts
      }),
    )
  }

  async close(): Promise<void> {
    await Promise.all(this.#threads.map((thread) => thread.terminate()))
  }

  #send(duties: Float64Array, seed: number): Promise<SeedCounts> {
    const task: SeedTask = { taskNumber: this.#taskCount++, seed, duties }
    return new Promise((resolve, reject) => {
      this.#awaited.set(task.taskNumber, { resolve, reject })
      this.#threads[seed % this.#threads.length]!.postMessage(task)
    })
  }

  #started(thread: Worker): Worker {
    thread.on('message', ({ taskNumber, counts }: SeedDone) => {
      this.#awaited.get(taskNumber)?.resolve(counts)
      this.#awaited.delete(taskNumber)
    })
    thread.on('error', (error) => {
      for (const { reject } of this.#awaited.values()) reject(error)
      this.#awaited.clear()
    })
    return thread
  }
}
