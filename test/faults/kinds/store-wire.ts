/** Between a processor and the store: answers that are lost, late or wrong, connections that break, a disk that is full. */
import { setTimeout as pause } from 'node:timers/promises'
import { eventually } from '../eventually.ts'
import { disturbed, type Fault } from '../fault.ts'
import type { ErrorAnswer, Treatment } from '../store-proxy.ts'

/** Treats the first so many statements that are meant, and lets the others through. */
function wire(
  name: string,
  times: number,
  isShort: boolean,
  isMeant: (table: string) => boolean,
  treat: () => Treatment,
): Fault {
  return {
    name,
    times,
    isShort,
    must: 'count',
    run: (trial) =>
      disturbed(trial, async () => {
        let left = times
        trial.proxy.rule = ({ table }) => {
          if (table === null || left === 0 || !isMeant(table)) return {}
          left--
          return treat()
        }
        return () => eventually(`${name}: ${times} times`, () => left === 0)
      }),
  }
}

const inserts =
  (...tables: string[]) =>
  (table: string) =>
    tables.includes(table)
const anyWrite = () => true
const error = (code: number, text: string): ErrorAnswer => ({ status: 500, code, text })

export const STORE_WIRE: readonly Fault[] = [
  wire('answer of an insert of facts cut (done, but unknown)', 3, true, inserts('call_facts', 'ticket_facts'), () => ({
    isAnswerCut: true,
  })),
  wire('answer of a recompute cut', 3, true, inserts('call_cells', 'ticket_cells', 'caller_days'), () => ({
    isAnswerCut: true,
  })),
  wire('answer of an insert into progress cut', 3, false, inserts('progress'), () => ({ isAnswerCut: true })),
  wire('connection reset before the store hears of a write', 5, false, anyWrite, () => ({ isReset: true })),
  wire('every write held for 2 s', 4, false, anyWrite, () => ({ held: pause(2_000) })),
  wire('answers that come a byte at a time', 4, false, anyWrite, () => ({ trickleMs: 20 })),
  wire('answered 500 without asking the store', 6, false, anyWrite, () => ({
    answer: error(1000, 'POCO_EXCEPTION: the fault that is tested'),
  })),
  wire('answered "too late" though the write is done', 4, false, anyWrite, () => ({
    answerAfter: error(159, 'Timeout exceeded: the fault that is tested. (TIMEOUT_EXCEEDED)'),
  })),
  wire('answered "too many parts"', 6, false, inserts('call_facts', 'ticket_facts', 'progress'), () => ({
    answer: error(252, 'Too many parts: the fault that is tested. (TOO_MANY_PARTS)'),
  })),
  wire(
    'answered "out of memory" to recomputes',
    4,
    false,
    inserts('call_cells', 'ticket_cells', 'caller_days'),
    () => ({
      answer: error(241, 'Memory limit exceeded: the fault that is tested. (MEMORY_LIMIT_EXCEEDED)'),
    }),
  ),
  wire('answered "disk full", as the store does without space', 8, true, anyWrite, () => ({
    answer: error(243, 'Cannot reserve 1.00 MiB, not enough space: the fault that is tested. (NOT_ENOUGH_SPACE)'),
  })),
]
