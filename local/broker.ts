import { randomBytes } from 'node:crypto'
import { access, mkdir, writeFile } from 'node:fs/promises'
import { connect } from 'node:net'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { coordinatorsAnswer } from './broker/coordinators.ts'
import { brokerJars } from './broker/jars.ts'
import { requireJava } from './broker/java.ts'
import { BROKER_PROPERTIES, brokerOverrides } from './broker/properties.ts'
import { ANY_FOLDER_NAME, runToEnd } from './broker/run-to-end.ts'
import { choosePort, freePort, rememberPort } from './free-port.ts'
import { dataFolderInUse, LocalServerError, portInUse } from './local-server-error.ts'
import type { LocalServer, LocalServerOptions } from './server.ts'
import { supervise } from './supervise.ts'

/**
 * The quick compiler alone: the broker is up sooner, and what it does is bound by the disk and the clients
 * (400,000 records in and out cost it 1.6 s of processor time).
 */
const JVM_ARGS = [
  '-Xmx512m',
  '-XX:+UseSerialGC',
  '-XX:TieredStopAtLevel=1',
  '-Djava.awt.headless=true',
  '-Dorg.slf4j.simpleLogger.defaultLogLevel=warn',
  '-Dorg.slf4j.simpleLogger.showDateTime=true',
]
const PROPERTIES_FILE = 'broker.properties'

/**
 * Held for as long as the broker's process lives, however it ends. Kafka locks its folder itself, but only after its
 * controller has begun to write there: by then a second one has broken the log of the first.
 */
const FOLDER_LOCK = 'lock'
const FOLDER_LOCKED_EXIT_CODE = 75
const WITH_FOLDER_LOCK = [
  'flock',
  '--nonblock',
  '--no-fork',
  `--conflict-exit-code=${FOLDER_LOCKED_EXIT_CODE}`,
  FOLDER_LOCK,
]

export interface BrokerOptions extends LocalServerOptions {
  /** Where the jars are kept for every data folder. Default: `~/.cache/steadyline`. */
  cacheFolder?: string
}

/** Starts Apache Kafka, one node, in a child process; ready when groups and transactions can be used. */
export async function startBroker(options: BrokerOptions): Promise<LocalServer> {
  const { port: asked, say, cacheFolder = join(homedir(), '.cache', 'steadyline') } = options
  const folder = resolve(options.folder)
  await requireJava()
  const classPath = join(await brokerJars(cacheFolder, say), '*')

  await mkdir(folder, { recursive: true })
  const portFile = join(folder, 'port')
  const port = await choosePort('broker', portFile, asked)
  const address = `127.0.0.1:${port}`
  await writeFile(join(folder, PROPERTIES_FILE), BROKER_PROPERTIES)
  await formatOnce(folder, classPath)

  const ports = brokerOverrides(port, await freePort())
  const child = await supervise({
    name: 'broker',
    command: '/usr/bin/env',
    args: [
      ...ANY_FOLDER_NAME,
      ...WITH_FOLDER_LOCK,
      'java',
      ...JVM_ARGS,
      '-cp',
      classPath,
      'kafka.Kafka',
      PROPERTIES_FILE,
      ...ports,
    ],
    cwd: folder,
    logFile: resolve(options.logFile ?? join(dirname(folder), 'logs', 'broker.log')),
    ready: async () => (await portIsOpen(port)) && coordinatorsAnswer(address),
    readyMsMax: 60_000,
    explain: ({ code }, logTail) => explained(code, logTail, folder, port),
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
async function formatOnce(folder: string, classPath: string): Promise<void> {
  const formatted = await access(join(folder, 'log', 'meta.properties')).then(
    () => true,
    () => false,
  )
  if (formatted) return
  const clusterId = randomBytes(16).toString('base64url')
  const format = [
    'kafka.tools.StorageTool',
    'format',
    '--ignore-formatted',
    `--cluster-id=${clusterId}`,
    '-c',
    PROPERTIES_FILE,
  ]
  const { code, output } = await runToEnd('java', [...JVM_ARGS, '-cp', classPath, ...format], folder)
  if (code !== 0) {
    throw new LocalServerError(
      'STEADYLINE_BROKER_NOT_FORMATTED',
      `${folder}: Kafka could not prepare this folder: ${output.trim().split('\n').at(-1)} It must be empty or Kafka's own, on a disk with room.`,
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

function explained(code: number | null, logTail: string, folder: string, port: number): LocalServerError | null {
  if (code === FOLDER_LOCKED_EXIT_CODE) return dataFolderInUse('broker', folder)
  if (/Address already in use|Socket server failed to bind/.test(logTail)) return portInUse('broker', port)
  return null
}
