/** The API over a few records in arrays, on a free port that is printed with a key: what test/openapi/run.sh asks. */
import { randomBytes } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { makeApiKey } from '../../api/access/api-key.ts'
import { KeyRing } from '../../api/access/key-ring.ts'
import { answeredProfileOf } from '../../api/answered-profile.ts'
import { buildApp } from '../../api/app.ts'
import { LiveFeed } from '../../api/live/live-feed.ts'
import { parseProfile } from '../../schemas/profile.ts'
import { ArrayLive } from '../unit/api/array-live.ts'
import { ArrayReader } from '../unit/api/array-reader.ts'
import { ArrayRecords } from '../unit/api/array-records.ts'
import { ArrayRejects } from '../unit/api/array-rejects.ts'
import { ArrayStability } from '../unit/api/array-stability.ts'
import { ArrayStatements } from '../unit/api/array-statements.ts'

const { text, id, sha256 } = makeApiKey(randomBytes)
const FILE = 'profiles/panjin-2023.yaml'
const profile = parseProfile(FILE, readFileSync(FILE, 'utf8'))
const answered = answeredProfileOf(profile)
const reader = new ArrayReader(profile.definitions, answered.zone)
const app = await buildApp({
  answered,
  reader,
  stability: new ArrayStability(reader, profile.definitions),
  records: new ArrayRecords(),
  rejects: new ArrayRejects(),
  statements: new ArrayStatements(reader, answered),
  live: new LiveFeed(answered, new ArrayLive(), { runName: 'test', lookMs: 1_000, listenersMax: 100 }),
  logEnds: null,
  requestsPerMinuteMax: 10_000_000,
  scenarios: { appOf: async () => null },
  keys: new KeyRing([{ name: 'test', role: 'admin', id, sha256, createdAt: '' }]),
  logger: { level: 'error' },
})
process.stdout.write(`${await app.listen({ port: 0 })} ${text}\n`)
process.once('SIGTERM', () => void app.close())
