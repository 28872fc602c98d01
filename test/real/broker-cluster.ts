/** Three brokers as processes of their own, the first of them the controller, so that partitions have leaders that can move. */
import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { coordinatorsAnswer } from '../../local/broker/coordinators.ts'
import { brokerJars } from '../../local/broker/jars.ts'
import { BROKER_PROPERTIES } from '../../local/broker/properties.ts'
import { runToEnd } from '../../local/broker/run-to-end.ts'
import { freePort } from '../../local/free-port.ts'
import { until } from './local-processes.ts'

const JVM_ARGS = ['-Xmx384m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.awt.headless=true']
const START_MS_MAX = 240_000
const NODES = [1, 2, 3]
const REPLICATED = [
  'default.replication.factor=3',
  'min.insync.replicas=1',
  'offsets.topic.replication.factor=3',
  'transaction.state.log.replication.factor=3',
  'share.coordinator.state.topic.replication.factor=3',
]

export interface BrokerCluster {
  addresses: string[]
  /** Ends a node; it stays away. */
  end(node: number, signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
  stop(): Promise<void>
}

export async function startBrokerCluster(): Promise<BrokerCluster> {
  const classPath = join(await brokerJars(join(homedir(), '.cache', 'steadyline'), () => {}), '*')
  const folder = await mkdtemp(join(tmpdir(), 'steadyline-cluster-'))
  const controllerPort = await freePort()
  const processes = new Map<number, ChildProcess>()
  const addresses: string[] = []
  for (const node of NODES) {
    const own = join(folder, String(node))
    const port = await freePort()
    addresses.push(`127.0.0.1:${port}`)
    const controller = node === 1 ? `,CONTROLLER://127.0.0.1:${controllerPort}` : ''
    const settings = [
      BROKER_PROPERTIES,
      ...REPLICATED,
      `node.id=${node}`,
      `process.roles=${node === 1 ? 'broker,controller' : 'broker'}`,
      `controller.quorum.voters=1@127.0.0.1:${controllerPort}`,
      `listeners=CLIENTS://127.0.0.1:${port}${controller}`,
      `advertised.listeners=CLIENTS://127.0.0.1:${port}`,
    ]
    await mkdir(own)
    await writeFile(join(own, 'broker.properties'), `${settings.join('\n')}\n`)
    const format = [
      'kafka.tools.StorageTool',
      'format',
      '--cluster-id=c3RlYWR5bGluZS1vbmUtMw',
      '-c',
      'broker.properties',
    ]
    const { code, output } = await runToEnd('java', [...JVM_ARGS, '-cp', classPath, ...format], own)
    if (code !== 0) throw new Error(output)
    const args = [...JVM_ARGS, '-cp', classPath, 'kafka.Kafka', 'broker.properties']
    processes.set(node, spawn('java', args, { cwd: own, stdio: 'ignore' }))
  }
  const end = async (node: number, signal: NodeJS.Signals) => {
    const child = processes.get(node)
    if (child === undefined) return
    processes.delete(node)
    const ended = once(child, 'exit')
    child.kill(signal)
    await ended
  }
  const stop = async () => {
    await Promise.all(NODES.map((node) => end(node, 'SIGKILL')))
    await rm(folder, { recursive: true, force: true })
  }
  try {
    for (const address of addresses)
      await until(
        `the coordinators answer at ${address}`,
        () => coordinatorsAnswer(address).catch(() => false),
        START_MS_MAX,
      )
  } catch (error) {
    await stop()
    throw error
  }
  return { addresses, end, stop }
}
