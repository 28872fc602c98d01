/** An API over plain arrays, that closes itself with the test. */
import { readFileSync } from 'node:fs'
import type { FastifyInstance, LightMyRequestResponse } from 'fastify'
import { onTestFinished } from 'vitest'
import { answeredProfileOf } from '../../../api/answered-profile.ts'
import { buildApp } from '../../../api/app.ts'
import type { LogEnds } from '../../../api/log-ends.ts'
import { type Profile, parseProfile } from '../../../schemas/profile.ts'
import { ArrayReader } from './array-reader.ts'
import { ArrayRecords } from './array-records.ts'

const FILE = 'profiles/panjin-2023.yaml'
export const PANJIN = parseProfile(FILE, readFileSync(FILE, 'utf8'))

export interface AskedApp {
  app: FastifyInstance
  reader: ArrayReader
  records: ArrayRecords
  ask: (url: string, headers?: Record<string, string>) => Promise<LightMyRequestResponse>
}

export async function anApp(
  change: Partial<Profile> = {},
  { logEnds = null, requestsPerMinuteMax = 1000 }: { logEnds?: LogEnds | null; requestsPerMinuteMax?: number } = {},
): Promise<AskedApp> {
  const profile = { ...PANJIN, ...change }
  const answered = answeredProfileOf(profile)
  const reader = new ArrayReader(profile.definitions, answered.zone)
  const records = new ArrayRecords()
  const app = await buildApp({ answered, reader, records, logEnds, requestsPerMinuteMax, logger: false })
  onTestFinished(() => app.close())
  return { app, reader, records, ask: (url, headers = {}) => app.inject({ url, headers }) }
}

/** An instant written in the zone of Panjin, epoch ms. */
export const at = (local: string): number => Date.parse(`${local}+08:00`)
