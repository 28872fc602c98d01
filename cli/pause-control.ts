/**
 * Pauses a replay and lets it go on: by the signals of job control, and on a terminal by the space bar.
 *
 * SIGTSTP (`kill -TSTP`, Ctrl-Z) pauses, SIGCONT (`kill -CONT`, `fg`) goes on. Each may be sent twice without harm. The
 * process does not stop as the kernel would stop it: its connections to Kafka stay open.
 */
import { Pause } from '../producers/pause.ts'

const CTRL_C = '\u0003'
const CTRL_Z = '\u001a'

export interface PauseControl {
  pause: Pause
  /** How it is done, in a sentence. */
  instructions: string
  end(): void
}

export function pauseControl(nowMs: () => number, say: (sentence: string) => void): PauseControl {
  const pause = new Pause(nowMs)
  // What waits for a signal alone does not keep a process alive.
  let keepAlive: NodeJS.Timeout | null = null
  const stop = () => {
    if (pause.isPaused) return
    pause.pause()
    keepAlive = setInterval(() => {}, 60_000)
    say('Paused.')
  }
  const goOn = () => {
    if (!pause.isPaused) return
    pause.resume()
    if (keepAlive !== null) clearInterval(keepAlive)
    say(`Going on, ${(pause.pausedMs() / 1_000).toFixed(1)} s paused so far.`)
  }
  process.on('SIGTSTP', stop)
  process.on('SIGCONT', goOn)
  const { stdin } = process
  const isTerminal = stdin.isTTY && process.stderr.isTTY
  const onKey = (keys: Buffer) => {
    for (const key of keys.toString('utf8')) {
      if (key === CTRL_C)
        process.kill(process.pid, 'SIGINT') // a terminal that hands over keys sends no signals
      else if (key === CTRL_Z || key === ' ') (pause.isPaused ? goOn : stop)()
    }
  }
  if (isTerminal) {
    stdin.setRawMode(true)
    stdin.on('data', onKey)
  }
  return {
    pause,
    instructions: `${isTerminal ? 'The space bar pauses and goes on; from outside ' : 'To pause: '}kill -TSTP ${process.pid}, to go on: kill -CONT ${process.pid}`,
    end() {
      process.off('SIGTSTP', stop)
      process.off('SIGCONT', goOn)
      if (keepAlive !== null) clearInterval(keepAlive)
      if (!isTerminal) return
      stdin.off('data', onKey)
      stdin.setRawMode(false)
      stdin.pause()
    },
  }
}
