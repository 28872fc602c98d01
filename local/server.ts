/** A server of this machine that runs as a child process: the broker or the store. */
export interface LocalServer {
  /** `host:port` of the broker, `http://host:port` of the store; the same after a restart. */
  readonly address: string
  /** Of the process that runs now; another one after a restart. */
  readonly pid: number
  /** Resolves with `null` once stopped as asked, with the reason when the server died again and again and was given up. */
  readonly ended: Promise<Error | null>
  /** Asks the server to end, waits until it has, and kills it if it will not. */
  stop(): Promise<void>
}

export interface LocalServerOptions {
  /** Everything the server keeps, for it alone; made if missing. Example: `DIR/broker`. */
  folder: string
  /** Default: the port of last time if it is free, else any free one. */
  port?: number
  /** Default: a file beside `folder`, in `logs/`. */
  logFile?: string
  /** Is told in one sentence what happens to the server. */
  say: (sentence: string) => void
}
