/**
 * True zombies: a processor that stands still for longer than its session, while another takes its partitions over and
 * counts them, and that then goes on where it stood, with a write that lands late.
 */
import { eventually } from '../eventually.ts'
import type { Fault } from '../fault.ts'

const ALL_PARTITIONS = 16

function zombieAt(what: string, table: string, isShort: boolean): Fault {
  return {
    name: `stopped beyond its session, its ${what} land late`,
    times: 1,
    isShort,
    must: 'count',
    async run(trial) {
      const itsProxy = await trial.startProxy()
      const zombie = await trial.startProcessor({ clickhouseUrl: itsProxy.url })
      await trial.send(0, 1 / 4)
      await trial.untilCounted()
      let land: () => void = () => {}
      let isHeld = false
      const held = new Promise<void>((resolve) => {
        land = resolve
      })
      itsProxy.rule = (asked) => {
        if (asked.table !== table) return {}
        isHeld = true
        zombie.signal('SIGSTOP')
        return { held }
      }
      await trial.send(1 / 4, 1 / 2)
      await eventually(`its ${what} are on their way`, () => isHeld)
      const other = await trial.startProcessor()
      await eventually('the other has all partitions', () => other.partitionCount === ALL_PARTITIONS)
      await trial.send(1 / 2, 3 / 4)
      await trial.untilCounted()
      itsProxy.heal()
      land()
      zombie.signal('SIGCONT')
      await eventually('it has read again what is its own', () => zombie.partitionCount < ALL_PARTITIONS)
      await trial.send(0, 1 / 4)
      await trial.send(3 / 4, 1)
    },
  }
}

export const ZOMBIES: readonly Fault[] = [
  zombieAt('facts', 'call_facts', true),
  zombieAt('cells', 'call_cells', false),
  zombieAt('progress rows', 'progress', false),
]
