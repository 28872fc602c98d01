/** A processor as a process of its own, the one that people run. */
import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { eventually } from './eventually.ts'

const MAIN = fileURLToPath(new URL('../../processors/main.ts', import.meta.url))
const READY_MS_MAX = 240_000
const END_MS_MAX = 90_000

/** A test run that is broken off leaves nobody behind. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill('SIGKILL')
})

export interface ProcessorOptions {
  kafkaBrokers: string
  clickhouseUrl: string
  scenario: string | null
  env?: NodeJS.ProcessEnv
  /** Loaded by Node before the program. */
  preload?: string
}

export class ProcessorProcess {
  readonly #child: ChildProcess
  readonly #ended: Promise<void>
  #said = ''
  #hasEnded = false

  constructor({ kafkaBrokers, clickhouseUrl, scenario, env = {}, preload }: ProcessorOptions) {
    const naming = scenario === null ? [] : ['--scenario', scenario]
    const preloading = preload === undefined ? [] : ['--import', preload]
    this.#child = spawn(process.execPath, [...preloading, '--import', import.meta.resolve('tsx'), MAIN, ...naming], {
      stdio: ['ignore', 'pipe', 'pipe'],
      env: {
        ...process.env,
        KAFKA_BROKERS: kafkaBrokers,
        CLICKHOUSE_URL: clickhouseUrl,
        KAFKA_SESSION_MS: '8000',
        FLUSH_MS_MAX: '200',
        LOG_LEVEL: 'info',
        ...env,
      },
    })
    for (const stream of [this.#child.stdout!, this.#child.stderr!]) stream.on('data', (bytes) => (this.#said += bytes))
    running.add(this.#child)
    this.#ended = new Promise((resolve) =>
      // 'close' and not 'exit': only then is everything read that it said.
      this.#child.once('close', () => {
        running.delete(this.#child)
        this.#hasEnded = true
        resolve()
      }),
    )
  }

  get pid(): number {
    return this.#child.pid!
  }

  /** Everything it printed and logged. */
  get said(): string {
    return this.#said
  }

  /** It is gone, and its last words are in `said`. */
  get hasEnded(): boolean {
    return this.#hasEnded
  }

  get exitCode(): number | null {
    return this.#child.exitCode
  }

  async isReady(): Promise<this> {
    await eventually(
      'the processor is ready',
      () => {
        if (this.hasEnded)
          throw new Error(`the processor ended with code ${this.exitCode}: ${this.#said.slice(-2_000)}`)
        return this.#said.includes('processor is ready')
      },
      READY_MS_MAX,
    )
    return this
  }

  /** Of all the times it was given partitions: how many it has now. */
  get partitionCount(): number {
    const given = [...this.#said.matchAll(/"partitionCount":(\d+),"msg":"reading partitions"/g)].at(-1)
    return Number(given?.[1] ?? 0)
  }

  signal(signal: NodeJS.Signals): void {
    this.#child.kill(signal)
  }

  /** As an operator ends it: what was read is counted and committed. */
  async end(): Promise<void> {
    this.signal('SIGTERM')
    await this.ended()
  }

  async kill(): Promise<void> {
    this.signal('SIGKILL')
    await this.ended()
  }

  async ended(): Promise<void> {
    const timer = setTimeout(() => this.signal('SIGKILL'), END_MS_MAX)
    await this.#ended
    clearTimeout(timer)
  }
}
