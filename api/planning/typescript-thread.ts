/** Threads of this project: a thread does not take over the loader of the process that starts it. */
import { Worker } from 'node:worker_threads'

const FIRST_MODULE = new URL('./thread.mjs', import.meta.url)

/** What a thread finds in its `workerData`. */
export interface ThreadData<Start> {
  file: string
  start: Start
}

/** @param file of this project, `new URL('./seed-thread.ts', import.meta.url)` */
export function startThread<Start>(file: URL, start: Start): Worker {
  const data: ThreadData<Start> = { file: file.href, start }
  const isTypeScript = file.pathname.endsWith('.ts')
  return new Worker(isTypeScript ? FIRST_MODULE : file, { workerData: data })
}
