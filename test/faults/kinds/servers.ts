/** Servers that die, stand still or are restarted in order. All faults share them, so these take place one after the other. */
import { setTimeout as pause } from 'node:timers/promises'
import { eventually } from '../eventually.ts'
import { disturbed, type Fault } from '../fault.ts'
import type { TrialServer } from '../servers.ts'
import type { Trial } from '../trial.ts'

/** Longer than a session. */
const STILL_MS = 12_000

async function restarted(server: TrialServer, signal: NodeJS.Signals): Promise<void> {
  const { pid } = server
  await server.signal(signal)
  await eventually('it is started again', () => server.pid !== pid && server.pid !== 0)
}

/** Works while records are on their way to it. */
function onServer(
  name: string,
  isShort: boolean,
  which: 'broker' | 'store',
  act: (server: TrialServer) => Promise<void>,
): Fault {
  return {
    name: `${which} ${name}`,
    times: 1,
    isShort,
    must: 'count',
    run: (trial) =>
      disturbed(trial, async () => {
        const acting = act(trial.servers[which])
        return () => acting
      }),
  }
}

async function standsStill(server: TrialServer): Promise<void> {
  await server.signal('SIGSTOP')
  await pause(STILL_MS) // the outage itself, not a wait for something
  await server.signal('SIGCONT')
}

const everything: Fault = {
  name: 'broker, store and processors killed at once and started again',
  times: 1,
  isShort: true,
  must: 'count',
  async run(trial) {
    const processors = await Promise.all([trial.startProcessor(), trial.startProcessor()])
    await trial.send(0, 1 / 3)
    await trial.untilMoreCounted()
    const sending = trial.send(1 / 3, 2 / 3)
    await Promise.all([...processors.map((processor) => processor.kill()), ...bothServers(trial)])
    await sending
    await trial.startProcessor()
    await trial.send(2 / 3, 1)
  },
}

const bothServers = ({ servers }: Trial) => [restarted(servers.broker, 'SIGKILL'), restarted(servers.store, 'SIGKILL')]

export const SERVERS: readonly Fault[] = [
  onServer('killed with -9', false, 'broker', (server) => restarted(server, 'SIGKILL')),
  onServer('restarted in order', false, 'broker', (server) => restarted(server, 'SIGTERM')),
  onServer('stands still for longer than a session', false, 'broker', standsStill),
  onServer('killed with -9', false, 'store', (server) => restarted(server, 'SIGKILL')),
  onServer('restarted in order', false, 'store', (server) => restarted(server, 'SIGTERM')),
  onServer('stands still for 12 s', false, 'store', standsStill),
  everything,
]
