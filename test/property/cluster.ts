/**
 * Processors around one store and one log, of which a schedule decides everything: who reads, who dies, which write lands
 * when, and which answer is lost. Spans, intakes and the order of writes are those of processors/.
 */
import { setImmediate as othersHadTheirTurn } from 'node:timers/promises'
import type { countSpan } from '../../processors/batch.ts'
import { Span, TopicIntake } from '../../processors/span.ts'
import { logBatch, type SentMessage } from '../unit/processors/log-batch.ts'
import type { MemoryStore } from './memory-store.ts'

const TOPIC = 'hotline.calls.v1'

/** One thing that happens; `which` chooses among those it could happen to, and nothing happens if there is none. */
export interface Turn {
  what:
    | 'send'
    | 'add a partition'
    | 'give'
    | 'take'
    | 'take and insert'
    | 'count'
    | 'write lands'
    | 'write lands, answer lost'
    | 'write will land late'
    | 'late write lands'
    | 'crash, writes lost'
    | 'crash, writes under way'
    | 'merge'
  which: number
}

/** What is left to do of a statement on its way: it may read first, and insert after others had their turn. */
type Statement = (() => void)[]

/** Does the next of it. Returns whether it is through. */
function goesOn(statement: Statement): boolean {
  statement.shift()!()
  return statement.length === 0
}

interface Pending {
  processor: SimulatedProcessor
  /** Begins the statement anew, as a repeated one is. */
  begin: () => Statement
  running: Statement
  answer: () => void
}

/** The log of one topic. Records of one call change their partition when partitions are added. */
class SimulatedLog {
  readonly partitions: SentMessage[][] = [[]]

  /** Appends a message behind offsets without one, and says where it stands. */
  send(key: number, message: Omit<SentMessage, 'offset'>, gapOffsets: number): { partition: number; offset: number } {
    const partition = key % this.partitions.length
    const offset = this.endOffset(partition) + gapOffsets
    this.partitions[partition]!.push({ ...message, offset })
    return { partition, offset }
  }

  endOffset(partition: number): number {
    return (this.partitions[partition]!.at(-1)?.offset ?? -1) + 1
  }
}

export class Cluster {
  readonly committed = new Map<number, number>()
  readonly log = new SimulatedLog()
  readonly store: MemoryStore
  readonly count: typeof countSpan
  readonly pending: Pending[] = []
  #processors: SimulatedProcessor[] = []
  #late: Statement[] = []

  constructor(store: MemoryStore, count: typeof countSpan, processorCount: number) {
    this.store = store
    this.count = count
    this.#processors = Array.from({ length: processorCount }, () => new SimulatedProcessor(this))
  }

  /** Lets one thing happen, but for what producers do. Returns when everybody waits again. */
  async happen({ what, which }: Turn): Promise<void> {
    const processor = this.#processors[which % this.#processors.length]!
    const pendingIndex = which % Math.max(1, this.pending.length)
    const pending = this.pending[pendingIndex]
    const partition = Math.floor(which / 3) % this.log.partitions.length
    switch (what) {
      case 'add a partition':
        if (this.log.partitions.length < 3) this.log.partitions.push([])
        break
      case 'give':
        processor.give(partition)
        break
      case 'take':
      case 'take and insert':
        processor.take(partition, (which % 4) + 1)
        if (what === 'take and insert') processor.insert()
        break
      case 'count':
        processor.startCounting()
        break
      case 'write lands':
        if (pending !== undefined && goesOn(pending.running)) {
          this.pending.splice(pendingIndex, 1)
          pending.answer()
        }
        break
      case 'write lands, answer lost':
        // A statement that is not through yet goes on by itself, and its processor sends it again.
        if (pending !== undefined) {
          if (!goesOn(pending.running)) this.#late.push(pending.running)
          pending.running = pending.begin()
        }
        break
      case 'write will land late':
        if (pending !== undefined) {
          this.#late.push(pending.running)
          pending.running = pending.begin()
        }
        break
      case 'late write lands':
        this.#landLate(which)
        break
      case 'crash, writes lost':
      case 'crash, writes under way':
        this.#crash(processor, what === 'crash, writes under way')
        break
      case 'merge':
        for (const table of [this.store.facts, this.store.cells, this.store.progress, this.store.rejects]) {
          table.mergeSome(which)
        }
        break
      case 'send':
        break
    }
    await othersHadTheirTurn()
  }

  /** A new processor reads whatever is left and counts it; the others keep what they have in hand. */
  async countRest(): Promise<void> {
    const last = new SimulatedProcessor(this)
    const partitions = [...this.log.partitions.keys()]
    for (const partition of partitions) last.give(partition)
    for (const partition of partitions) last.take(partition, Number.POSITIVE_INFINITY)
    last.startCounting()
    await othersHadTheirTurn()
    await this.#landAll((pending) => pending.processor === last)
  }

  /** Zombies finish what they have in hand, and whatever is under way lands. */
  async landRest(): Promise<void> {
    for (const processor of this.#processors) processor.startCounting()
    await this.#landAll(() => true)
    while (this.#late.length > 0) this.#landLate(0)
  }

  /** Sends a statement for a processor; the promise is kept when it has landed and its answer came. */
  send(processor: SimulatedProcessor, begin: () => Statement): Promise<void> {
    return new Promise((answer) => this.pending.push({ processor, begin, running: begin(), answer }))
  }

  async #landAll(isOurs: (pending: Pending) => boolean): Promise<void> {
    for (;;) {
      const index = this.pending.findIndex(isOurs)
      if (index < 0) return
      await this.happen({ what: 'write lands', which: index })
    }
  }

  #landLate(which: number): void {
    const index = which % Math.max(1, this.#late.length)
    const late = this.#late[index]
    if (late !== undefined && goesOn(late)) this.#late.splice(index, 1)
  }

  #crash(processor: SimulatedProcessor, isUnderWay: boolean): void {
    for (let index = this.pending.length - 1; index >= 0; index--) {
      if (this.pending[index]!.processor !== processor) continue
      const [dropped] = this.pending.splice(index, 1)
      if (isUnderWay) this.#late.push(dropped!.running)
    }
    this.#processors[this.#processors.indexOf(processor)] = new SimulatedProcessor(this)
  }
}

/** What processor.ts does between its reader and its store, without timers. */
class SimulatedProcessor {
  readonly #cluster: Cluster
  /** Made when there is something to take in: it holds megabytes. */
  #intake: TopicIntake | null = null
  /** By partition, the offset that is read next. One that was given to another since is read on: a zombie does. */
  readonly #next = new Map<number, number>()
  #span = new Span()
  #inserts: Promise<void>[] = []
  #isCounting = false

  constructor(cluster: Cluster) {
    this.#cluster = cluster
  }

  /** Is given a partition, once what was taken in is counted. Whoever had it is not told. */
  give(partition: number): void {
    if (this.#isCounting || !this.#span.isEmpty) return
    this.#next.set(partition, this.#cluster.store.countedUntil(partition) ?? 0)
  }

  take(partition: number, recordsMax: number): void {
    const { log } = this.#cluster
    const from = this.#next.get(partition)
    if (from === undefined || from >= log.endOffset(partition)) return
    const messages = log.partitions[partition]!.filter(({ offset }) => offset >= from).slice(0, recordsMax)
    const batch = logBatch(TOPIC, partition, from, messages)
    this.#intake ??= new TopicIntake(TOPIC, 'call.v1')
    this.#intake.take(batch, this.#span, Number.POSITIVE_INFINITY)
    this.#next.set(partition, batch.nextOffset)
  }

  insert(): void {
    const rows = this.#intake?.handOver() ?? null
    if (rows === null) return
    const span = this.#span
    let refused: ReturnType<MemoryStore['insertFacts']> = []
    const { store } = this.#cluster
    const inserted = this.#cluster.send(this, () => [
      () => {
        refused = store.insertFacts(rows)
      },
    ])
    this.#inserts.push(inserted.then(() => span.refuse(refused)))
  }

  startCounting(): void {
    if (this.#isCounting || this.#span.isEmpty) return
    this.insert()
    const span = this.#span
    const inserts = this.#inserts
    this.#span = new Span()
    this.#inserts = []
    this.#isCounting = true
    const { store, committed } = this.#cluster
    const send = (begin: () => Statement) => this.#cluster.send(this, begin)
    void this.#cluster
      .count(span, {
        factsAreIn: async () => {
          await Promise.all(inserts)
        },
        rejectsAreIn: ({ rejects }) => send(() => [() => store.rejects.insert(rejects)]),
        recomputeCells: ({ call_facts }) =>
          send(() => {
            let insert = () => {}
            const read = () => {
              insert = store.recompute(call_facts)
            }
            return [read, () => insert()] // between the two, others insert
          }),
        recordProgress: (ranges) => send(() => [() => store.progress.insert(ranges)]),
        commit: (ranges) =>
          send(() => [
            () => {
              for (const { partition, nextOffset } of ranges) committed.set(partition, nextOffset)
            },
          ]),
      })
      .then(() => {
        this.#isCounting = false
      })
  }
}
