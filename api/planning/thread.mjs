// The first module of a thread: it makes TypeScript run in the thread as it stands, as cli/steadyline.mjs does for a process.
import { workerData } from 'node:worker_threads'
import { register } from 'tsx/esm/api'

register()
await import(workerData.file)
