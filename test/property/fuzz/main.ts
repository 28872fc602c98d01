/** `npm run fuzz -- --messages 1000000 [--seed 1]`: as many fuzzed messages as wanted, half calls, half tickets. */
import { parseArgs } from 'node:util'
import { takeFuzzed } from './take-fuzzed.ts'

const { values } = parseArgs({
  options: { messages: { type: 'string', default: '1000000' }, seed: { type: 'string', default: '1' } },
})
const messageCount = Math.ceil(Number(values.messages) / 2)
const beganMs = performance.now()
let differenceCount = 0
for (const record of ['call.v1', 'ticket.v1'] as const) {
  const { messages, facts, heartbeats, rejectsByCode, differences } = takeFuzzed(
    record,
    Number(values.seed),
    messageCount,
  )
  differenceCount += differences.length
  process.stdout.write(`${record}: ${messages} messages, ${facts} facts, ${heartbeats} heartbeats\n`)
  for (const [code, count] of Object.entries(rejectsByCode)) process.stdout.write(`  ${code} ${count}\n`)
  for (const difference of differences.slice(0, 20)) process.stdout.write(`  ${difference}\n`)
}
process.stdout.write(`${differenceCount} differences, ${((performance.now() - beganMs) / 1_000).toFixed(1)} s\n`)
if (differenceCount > 0) process.exitCode = 1
