/** The API of the reading bench. Arguments: the store's address; `anew` to keep no answer. Prints its own address. */
import { answeredProfileOf } from '../../api/answered-profile.ts'
import { buildApp } from '../../api/app.ts'
import { API_TURNS, QueryTurns } from '../../api/store/query-turns.ts'
import { storeParts } from '../../api/store-parts.ts'
import { warmUp } from '../../api/warm-up.ts'
import { kafkaNamesOf } from '../../schemas/kafka-names.ts'
import { PROFILE } from '../bench-profile.ts'

const [storeUrl, how] = process.argv.slice(2) as [string, string]
const answered = answeredProfileOf(PROFILE)
const { parts } = storeParts({
  answered,
  api: { storeUrl, writeUrl: storeUrl },
  database: 'steadyline',
  names: kafkaNamesOf(null),
  turns: new QueryTurns(API_TURNS),
  runName: 'bench',
})
const { storeState, ...others } = parts
const app = await buildApp({
  answered,
  ...others,
  ...(how === 'anew' || storeState === undefined ? {} : { storeState }),
  logEnds: null,
  requestsPerMinuteMax: 100_000_000, // what is asked here is no program in a loop
  logger: false,
})
await warmUp(answered)
process.stdout.write(`listening at ${await app.listen({ host: '127.0.0.1', port: 0 })}\n`)
