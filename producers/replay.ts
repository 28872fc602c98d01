/**
 * Publishes a capture to Kafka in the order it holds, each record's bytes as they are.
 *
 * Calls and tickets are merged by `emitted_at`: whichever file's next record was emitted earlier goes first, so each
 * file keeps its own order, also one that is not sorted.
 */
import { access } from 'node:fs/promises'
import { join } from 'node:path'
import type { KafkaNames } from '../schemas/kafka-names.ts'
import type { Profile } from '../schemas/profile.ts'
import { schemaIdOf } from '../schemas/wire-format.ts'
import { wireValueOf } from './avro-encoder.ts'
import { CAPTURE_FILES, CaptureUnreadableError } from './capture/container-format.ts'
import { CaptureReader } from './capture-reader.ts'
import { completeUntil, LastDay } from './completeness.ts'
import { paceOf } from './pace.ts'
import { Pause } from './pause.ts'
import { type OnProgress, REPORT_EVERY_COUNT } from './progress.ts'
import type { Publisher } from './publisher.ts'
import { RecordJudge } from './record-judge.ts'

export interface ReplayOptions {
  profile: Profile
  folder: string
  publisher: Publisher
  names: Pick<KafkaNames, 'calls' | 'tickets'>
  /** How many times as fast as it happened; `max` waits for nothing but Kafka. */
  speed: 'max' | number
  /** What the heartbeats at the end say instead of the default; see completeness.ts. */
  completeUntilAtMs?: number
  /** Stands the replay still and lets it go on; without it nobody does. */
  pause?: Pause
  nowMs: () => number
  onProgress?: OnProgress
}

export interface Replayed {
  callsCount: number
  ticketsCount: number
}

/** One file of the capture on its way to its topic. */
interface Track {
  reader: CaptureReader
  judge: RecordJudge
  topic: string
  schemaId: number
  publishedCount: number
}

/** Resolves when everything is acknowledged, the heartbeats too. */
export async function replay(options: ReplayOptions): Promise<Replayed> {
  const tracks = await openTracks(options)
  try {
    const lastDay = await publishAll(tracks, options)
    await options.publisher.drained()
    await sayComplete(lastDay, options)
  } finally {
    for (const track of tracks) await track.reader.close()
  }
  const countOf = (topic: string) => tracks.find((track) => track.topic === topic)?.publishedCount ?? 0
  return { callsCount: countOf(options.names.calls), ticketsCount: countOf(options.names.tickets) }
}

/** @throws CaptureUnreadableError for a folder that holds no capture, or one that cannot be read from its start */
export async function requireCapture(folder: string): Promise<void> {
  const tracks = await openTracks({ folder, names: { calls: 'calls', tickets: 'tickets' } })
  for (const track of tracks) await track.reader.close()
}

async function openTracks({ folder, names }: Pick<ReplayOptions, 'folder' | 'names'>): Promise<Track[]> {
  const tracks: Track[] = []
  for (const kind of ['calls', 'tickets'] as const) {
    const { file, recordName } = CAPTURE_FILES[kind]
    const path = join(folder, file)
    if (!(await isThere(path))) continue
    const reader = await CaptureReader.open(path, recordName)
    const judge = new RecordJudge(recordName)
    tracks.push({ reader, judge, topic: names[kind], schemaId: schemaIdOf(recordName), publishedCount: 0 })
  }
  if (tracks.length > 0) return tracks
  throw new CaptureUnreadableError(folder, 'no capture here, expected calls.avro, tickets.avro or both in it.')
}

async function publishAll(tracks: readonly Track[], options: ReplayOptions): Promise<LastDay> {
  const { publisher, onProgress, pause = new Pause(options.nowMs) } = options
  const pace = paceOf(options.speed, options.nowMs, pause)
  const lastDay = new LastDay(options.profile)
  let publishedCount = 0
  for (let track = earliest(tracks); track !== null; track = earliest(tracks)) {
    const { reader, judge, topic, schemaId } = track
    const { body, key, emittedAtMs } = reader.datum!
    if (pause.isPaused) {
      publisher.flush()
      await pause.resumed()
    }
    if (pace.isEarly(emittedAtMs) && judge.isCounted(body)) {
      onProgress?.({ publishedCount, expectedCount: null, atMs: emittedAtMs })
      await pace.wait(emittedAtMs, publisher)
    }
    if (lastDay.isBefore(emittedAtMs) && judge.isCounted(body)) lastDay.moveTo(emittedAtMs)
    publisher.send(topic, key, wireValueOf(schemaId, body))
    track.publishedCount += 1
    publishedCount += 1
    if (publishedCount % REPORT_EVERY_COUNT === 0) {
      onProgress?.({ publishedCount, expectedCount: null, atMs: emittedAtMs })
      if (publisher.isFull) await publisher.room()
    }
    if (!reader.advance()) await reader.fill()
  }
  onProgress?.({ publishedCount, expectedCount: publishedCount, atMs: lastDay.emittedAtMs ?? 0 })
  return lastDay
}

/** The track whose next record was emitted first; null when all are at their end. */
function earliest(tracks: readonly Track[]): Track | null {
  let found: Track | null = null
  for (const track of tracks) {
    const { datum } = track.reader
    if (datum !== null && (found === null || datum.emittedAtMs < found.reader.datum!.emittedAtMs)) found = track
  }
  return found
}

async function sayComplete(lastDay: LastDay, options: ReplayOptions): Promise<void> {
  const until = completeUntil(options.profile, lastDay.emittedAtMs, options.completeUntilAtMs ?? null)
  if (until === null) return
  await options.publisher.heartbeat(options.names.calls, until.callsAtMs)
  await options.publisher.heartbeat(options.names.tickets, until.ticketsAtMs)
}

async function isThere(path: string): Promise<boolean> {
  return access(path).then(
    () => true,
    () => false,
  )
}
