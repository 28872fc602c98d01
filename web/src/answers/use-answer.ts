import { useEffect, useState } from 'preact/hooks'
import { freshened } from './live.ts'
import { AnswerFailedError, request } from './request.ts'
import { session } from './session.ts'
import { useSimulatedNote } from './simulated.ts'
import { useStore } from './store.ts'

export interface Answer<Value> {
  /** The last answer; it stays while a newer one is on its way, and `null` before the first. */
  value: Value | null
  failure: AnswerFailedError | null
  isLoading: boolean
}

interface Held<Value> extends Answer<Value> {
  path: string | null
}

/**
 * What the API answers to a path; asked again when newer figures are counted, and when the server is back.
 *
 * @param path `null` asks nothing
 * @param again asked again also when this changes
 */
export function useAnswer<Value>(path: string | null, again = 0): Answer<Value> {
  return useRead(path, 'application/json', (response) => response.json() as Promise<Value>, again)
}

/** The same answer in its form as a page to print. */
export function usePage(path: string | null): Answer<string> {
  return useRead(path, 'text/html', (response) => response.text())
}

function useRead<Value>(
  path: string | null,
  accept: string,
  read: (response: Response) => Promise<Value>,
  again = 0,
): Answer<Value> {
  const [held, setHeld] = useState<Held<Value>>({ path, value: null, failure: null, isLoading: path !== null })
  const round = useStore(freshened)
  const isSignedOut = useStore(session).state === 'signed-out'
  // The round does not enter the question: it is why it is asked again.
  useEffect(() => {
    if (path === null || isSignedOut) return
    const stopping = new AbortController()
    setHeld((before) => ({
      ...(before.path === path ? before : { value: null, failure: null }),
      path,
      isLoading: true,
    }))
    request(path, { signal: stopping.signal }, accept)
      .then(read)
      .then((value) => {
        if (stopping.signal.aborted) return
        setHeld({ path, value, failure: null, isLoading: false })
      })
      .catch((error: unknown) => {
        if (stopping.signal.aborted) return
        const failure =
          error instanceof AnswerFailedError
            ? error
            : new AnswerFailedError(0, 'STEADYLINE_ANSWER_FAILED', String(error))
        setHeld((before) => ({ ...before, failure, isLoading: false }))
      })
    return () => stopping.abort()
  }, [path, round, isSignedOut, again])
  useSimulatedNote(held.path === path ? held.value : null)
  if (held.path !== path) return { value: null, failure: null, isLoading: path !== null }
  return held
}
