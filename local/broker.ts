import { randomBytes } from 'node:crypto'
import { access, mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { homedir } from 'node:os'
import { dirname, join } from 'node:path'
import { coordinatorsAnswer } from './broker/coordinators.ts'
import { brokerJars } from './broker/jars.ts'
import { requireJava } from './broker/java.ts'
import { brokerOverrides, brokerProperties } from './broker/properties.ts'
import { runToEnd } from './broker/run-to-end.ts'
import { choosePort, freePort, rememberPort } from './free-port.ts'
import { dataFolderInUse, LocalServerError, portInUse } from './local-server-error.ts'
import type { LocalServer, LocalServerOptions } from './server.ts'
import { supervise } from './supervise.ts'

/** The quick compiler alone: the broker is up sooner, and what it does is bound by the disk and the clients. */
const JVM_ARGS = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-Djava.awt.headless=true']
const JVM_LOG_ARGS = ['-Dorg.slf4j.simpleLogger.defaultLogLevel=warn', '-Dorg.slf4j.simpleLogger.showDateTime=true']

export interface BrokerOptions extends LocalServerOptions {
  /** Where the jars are kept for every data folder. Default: `~/.cache/steadyline`. */
  cacheFolder?: string
}

/** Starts Apache Kafka, one node, in a child process; ready when groups and transactions can be used. */
export async function startBroker(options: BrokerOptions): Promise<LocalServer> {
  const { folder, port: asked, say, cacheFolder = join(homedir(), '.cache', 'steadyline') } = options
  await mkdir(folder, { recursive: true })
  const [jars] = await Promise.all([brokerJars(cacheFolder, say), requireJava()])

  const portFile = join(folder, 'port')
  const port = await choosePort('broker', portFile, asked)
  const address = `127.0.0.1:${port}`
  const logFolder = join(folder, 'log')
  const propertiesFile = join(folder, 'broker.properties')
  await writeFile(propertiesFile, brokerProperties(logFolder))
  const classPath = join(jars, '*')
  await formatOnce(logFolder, classPath, propertiesFile)

  const child = await supervise({
    name: 'broker',
    command: 'java',
    args: [
      ...JVM_ARGS,
      ...JVM_LOG_ARGS,
      '-cp',
      classPath,
      'kafka.Kafka',
      propertiesFile,
      ...brokerOverrides(port, await freePort()),
    ],
    logFile: options.logFile ?? join(dirname(folder), 'logs', 'broker.log'),
    ready: async () => (await portIsOpen(port)) && coordinatorsAnswer(address),
    readyMsMax: 60_000,
    explain: (_end, logTail) => explained(logTail, folder, port),
    say,
  })
  await rememberPort(portFile, port)
  return {
    address,
    get pid() {
      return child.pid
    },
    ended: child.ended,
    stop: () => child.stop(),
  }
}

/** Gives a new data folder its identity; the broker refuses one without. */
async function formatOnce(logFolder: string, classPath: string, propertiesFile: string): Promise<void> {
  const formatted = await access(join(logFolder, 'meta.properties')).then(
    () => true,
    () => false,
  )
  if (formatted) return
  const clusterId = randomBytes(16).toString('base64url')
  const args = [
    ...JVM_ARGS,
    '-cp',
    classPath,
    'kafka.tools.StorageTool',
    'format',
    '--ignore-formatted',
    '-t',
    clusterId,
    '-c',
    propertiesFile,
  ]
  const { code, output } = await runToEnd('java', args)
  if (code !== 0) {
    throw new LocalServerError(
      'STEADYLINE_BROKER_NOT_FORMATTED',
      `${logFolder}: Kafka could not prepare this folder: ${output.trim().split('\n').at(-1)} It must be empty or Kafka's own, on a disk with room.`,
    )
  }
}

/** Cheaper than asking a client that waits between its tries. */
function portIsOpen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: '127.0.0.1', port })
    socket.once('connect', () => {
      socket.destroy()
      resolve(true)
    })
    socket.once('error', () => resolve(false))
  })
}

function explained(logTail: string, folder: string, port: number): LocalServerError | null {
  if (logTail.includes('Failed to acquire lock on file')) return dataFolderInUse('broker', folder)
  if (/Address already in use|Socket server failed to bind/.test(logTail)) return portInUse('broker', port)
  return null
}
