import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, onTestFinished, test } from 'vitest'
import { endChild, startChild } from '../../local/child.ts'
import { supervise } from '../../local/supervise.ts'
import { isGone, startParent, testFolder, until } from './local-processes.ts'

const FOREVER = ['-c', 'while :; do sleep 0.1; done']

describe('a child ends with its parent', () => {
  test('when the parent is killed, and even if it will not be asked', async () => {
    const { parentPid, answer } = await startParent(await testFolder(), ['sleeper'])
    const [pid = 0] = answer.pids
    expect(isGone(pid)).toBe(false)
    process.kill(parentPid, 'SIGKILL')
    await until('the child ends', () => isGone(pid))
  })

  test('when the parent is killed while the child is stopped', async () => {
    const { parentPid, answer } = await startParent(await testFolder(), ['sleeper'])
    const [pid = 0] = answer.pids
    // Only then does the watcher stand beside it: the shell starts it before it gives its place away.
    await until('the shell gives its place to the child', async () => !(await commandOf(pid)).includes('exec 3'))
    process.kill(pid, 'SIGSTOP')
    process.kill(parentPid, 'SIGKILL')
    await until('the child ends', () => isGone(pid))
  })

  test('and its pid is its own, not that of a shell around it', async () => {
    const child = startChild({ command: 'sleep', args: ['60'] })
    onTestFinished(() => endChild(child, 1_000))
    await until('the shell gives its place to the command', async () =>
      (await commandOf(child.pid)).startsWith('sleep'),
    )
  })

  test('when a stopped child is asked to end, it goes on to do so', async () => {
    const child = startChild({ command: 'sleep', args: ['60'] })
    child.kill('SIGSTOP')
    await endChild(child, 60_000) // it is not killed, it ends
    expect(child.end).toEqual({ code: null, signal: 'SIGTERM' })
  })
})

describe('a child that dies', () => {
  test('is started again, and that is said', async () => {
    const said: string[] = []
    const child = await supervise({
      name: 'clock',
      command: '/bin/sh',
      args: FOREVER,
      ready: async () => true,
      say: (s) => said.push(s),
    })
    onTestFinished(() => child.stop())
    const firstPid = child.pid
    process.kill(firstPid, 'SIGKILL')
    await until('another process is there', () => said.length === 2)
    expect(child.pid).not.toBe(firstPid)
    expect(isGone(child.pid)).toBe(false)
    expect(said[0]).toBe('The clock ended (killed by SIGKILL); it is being started again.')
    expect(said[1]).toMatch(/^The clock answers again, \d\.\d s after it ended\.$/)
  })

  test('again and again at once is given up, with its last words', async () => {
    const said: string[] = []
    const folder = await testFolder()
    const count = join(folder, 'starts')
    const child = await supervise({
      name: 'clock',
      command: '/bin/sh',
      args: ['-c', `echo start >> "${count}"; sleep 1; echo out of springs; exit 7`],
      logFile: join(folder, 'logs', 'clock.log'),
      ready: async () => (await readFile(count, 'utf8').catch(() => '')) !== '',
      say: (s) => said.push(s),
    })
    const reason = await child.ended
    expect(reason?.message).toMatch(/^The clock does not stay up \(exit code 7\)\..*clock\.log/)
    expect(said.at(-1)).toBe(reason?.message)
    const starts = (await readFile(count, 'utf8')).split('\n').length - 1
    expect(starts).toBeGreaterThan(2)
    expect(starts).toBeLessThan(10)
  })

  test('before it was ready is an error that shows what it printed', async () => {
    const folder = await testFolder()
    const starting = supervise({
      name: 'clock',
      command: '/bin/sh',
      args: ['-c', 'echo no springs; exit 7'],
      logFile: join(folder, 'clock.log'),
      ready: async () => false,
      say: () => {},
    })
    await expect(starting).rejects.toThrow(/exit code 7.*Its last line: no springs/)
  })

  test('because it was asked to is not started again', async () => {
    const said: string[] = []
    const child = await supervise({
      name: 'clock',
      command: '/bin/sh',
      args: FOREVER,
      ready: async () => true,
      say: (s) => said.push(s),
    })
    const { pid } = child
    await child.stop()
    expect(await child.ended).toBeNull()
    expect(isGone(pid)).toBe(true)
    expect(said).toEqual([])
  })
})

async function commandOf(pid: number): Promise<string> {
  return readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
}
