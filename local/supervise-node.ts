import { type Supervised, type SuperviseOptions, supervise } from './supervise.ts'

export interface SuperviseNodeOptions
  extends Pick<SuperviseOptions, 'name' | 'ready' | 'readyMsMax' | 'stopMsMax' | 'explain' | 'say' | 'logFile'> {
  /** Absolute path of the main module, a `.ts` file in the checkout or a built `.js` file. */
  main: string
  args: readonly string[]
  /** Default: that of this process. */
  env?: NodeJS.ProcessEnv
  /** Set in addition to `env`. */
  extraEnv?: Readonly<Record<string, string>>
  nodeArgs?: readonly string[]
}

/** Supervises a Node program of this project: a processor, the API, the store. */
export function superviseNode({
  main,
  args,
  extraEnv,
  nodeArgs = [],
  ...rest
}: SuperviseNodeOptions): Promise<Supervised> {
  // Resolved from here and not by the child: it may run in any folder.
  const loader = main.endsWith('.ts') ? ['--import', import.meta.resolve('tsx')] : []
  const settings = Object.entries(extraEnv ?? {}).map(([key, value]) => `${key}=${value}`)
  return supervise({
    ...rest,
    command: '/usr/bin/env',
    args: [...settings, process.execPath, ...nodeArgs, ...loader, main, ...args],
  })
}
