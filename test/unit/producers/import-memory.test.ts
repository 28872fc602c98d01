import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { expect, test } from 'vitest'
import { callMap, fileOf, importIntoArray } from './import-into-array.ts'

const LINES_COUNT = 200_000
const LOOK_EVERY_COUNT = 40_000
const GROWTH_BYTES_MAX = 12 * 1024 * 1024

setFlagsFromString('--expose-gc')
const collectGarbage = runInNewContext('gc') as () => void

test('memory does not grow with the file: 200,000 lines keep no more than the first 40,000', async () => {
  const lines = Array.from({ length: LINES_COUNT }, (_, n) => {
    const atSeconds = 1_678_410_000 + n * 7
    return `c-${n},${atSeconds},${atSeconds + 200},${n % 30},${n % 11 === 0 ? '未知' : 'ANSWERED'},138${String(n % 5_000).padStart(8, '0')},备注 ${n}`
  })
  const file = fileOf(`id,arrived,ended,wait,outcome,caller,remark\n${lines.join('\n')}\n`)
  lines.length = 0
  const usedBytes: number[] = []
  let takenCount = 0
  const columns = 'id: id, arrivedAt: arrived, endedAt: ended, queueSeconds: wait, outcome: outcome, caller: caller'
  const { unmapped, callsCount, totals } = await importIntoArray({
    map: callMap('  times: [epoch-seconds]\n', columns),
    calls: [file],
    onTaken: () => {
      takenCount += 1
      if (takenCount % LOOK_EVERY_COUNT !== 0) return
      collectGarbage()
      const { heapUsed, external } = process.memoryUsage()
      usedBytes.push(heapUsed + external)
    },
  })
  expect(callsCount + unmapped.count).toBe(LINES_COUNT)
  expect(totals.calls.answered).toBe(callsCount)
  const [first, ...later] = usedBytes
  expect(Math.max(...later) - first!).toBeLessThan(GROWTH_BYTES_MAX)
})
