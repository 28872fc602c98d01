import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { CaptureReader } from '../../../producers/capture-reader.ts'
import { captureDestination, kafkaDestination } from '../../../producers/import/destination.ts'
import { importFiles } from '../../../producers/import/import-files.ts'
import { Unmapped } from '../../../producers/import/unmapped.ts'
import { kafkaNamesOf } from '../../../schemas/kafka-names.ts'
import { ArrayPublisher } from './array-publisher.ts'
import { example, exampleMap, PANJIN } from './import-into-array.ts'

async function datumsOf(path: string, recordName: 'call.v1' | 'ticket.v1'): Promise<number> {
  const reader = await CaptureReader.open(path, recordName)
  let count = 0
  for (; reader.datum !== null; reader.advance() || (await reader.fill())) count += 1
  await reader.close()
  return count
}

test('a capture holds every record that could be mapped; a topic without records is an empty capture file', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'steadyline-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const destination = await captureDestination(folder)
  await importFiles({
    profile: PANJIN,
    map: exampleMap('calls.map.yaml'),
    callFiles: [example('calls-gbk.csv')],
    ticketFiles: [],
    destination,
    unmapped: new Unmapped(null),
    onBytes: () => {},
  })
  await destination.close()
  expect(await datumsOf(join(folder, 'calls.avro'), 'call.v1')).toBe(11)
  expect(await datumsOf(join(folder, 'tickets.avro'), 'ticket.v1')).toBe(0)
})

test('publishing ends with a heartbeat of the topics that records came for, as a replay of the capture would', async () => {
  const publisher = new ArrayPublisher()
  const names = kafkaNamesOf(null)
  await importFiles({
    profile: PANJIN,
    map: exampleMap('calls.map.yaml'),
    callFiles: [example('calls-gbk.csv')],
    ticketFiles: [],
    destination: kafkaDestination({ publisher, names, profile: PANJIN, completeUntilAtMs: null }),
    unmapped: new Unmapped(null),
    onBytes: () => {},
  })
  expect(publisher.records.map(({ topic, key }) => `${topic} ${key}`).slice(0, 2)).toEqual([
    'hotline.calls.v1 H0001',
    'hotline.calls.v1 H0002',
  ])
  expect(publisher.records.length).toBe(11)
  expect(publisher.heartbeats).toEqual([{ topic: names.calls, atMs: Date.parse('2023-03-11T02:00:00+08:00') }])
})

test('an import that fails leaves no capture behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'steadyline-test-'))
  onTestFinished(() => rmSync(folder, { recursive: true }))
  const destination = await captureDestination(folder)
  const failed = importFiles({
    profile: PANJIN,
    map: exampleMap('calls.map.yaml'),
    callFiles: [example('calls-gbk.csv'), example('tickets.csv')],
    ticketFiles: [],
    destination,
    unmapped: new Unmapped(null),
    onBytes: () => {},
  })
  await expect(failed).rejects.toThrow(/tickets.csv has no column 流水号/)
  await destination.close()
  expect(readdirSync(folder)).toEqual([])
})
