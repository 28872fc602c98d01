/** Apps of scenarios, made when they are asked for first; those that were asked last are kept. */
import type { FastifyInstance } from 'fastify'
import type { ScenarioApps } from './scenario-apps.ts'

/** Each holds some connections to the store while it is asked. */
const OPEN_MAX = 8

export interface OpenScenarioAppsOptions {
  isThere(name: string): Promise<boolean>
  build(name: string): Promise<FastifyInstance>
}

export class OpenScenarioApps implements ScenarioApps {
  readonly #options: OpenScenarioAppsOptions
  /** Asked last, kept last. */
  readonly #open = new Map<string, Promise<FastifyInstance>>()

  constructor(options: OpenScenarioAppsOptions) {
    this.#options = options
  }

  async appOf(name: string): Promise<FastifyInstance | null> {
    if (!(await this.#options.isThere(name))) {
      this.#forget(name)
      return null
    }
    const app = this.#open.get(name) ?? this.#options.build(name)
    this.#open.delete(name)
    this.#open.set(name, app)
    app.catch(() => this.#open.delete(name))
    const [oldest] = this.#open.keys()
    if (this.#open.size > OPEN_MAX) this.#forget(oldest!)
    return app
  }

  async close(): Promise<void> {
    const apps = await Promise.allSettled(this.#open.values())
    this.#open.clear()
    await Promise.all(apps.map((app) => (app.status === 'fulfilled' ? app.value.close() : undefined)))
  }

  #forget(name: string): void {
    const app = this.#open.get(name)
    this.#open.delete(name)
    void app?.then((open) => open.close()).catch(() => {})
  }
}
