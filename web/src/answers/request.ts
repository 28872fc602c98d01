/** Asks the API, and says in our words what went wrong. */
import type { Problem as ApiProblem } from '../../../api/problems/problem.ts'
import { connection } from './connection.ts'
import { session } from './session.ts'

/** What a question came back with if not with an answer. `status` is 0 where nobody answered. */
export class AnswerFailedError extends Error {
  override readonly name = 'AnswerFailedError'
  readonly status: number
  readonly code: string

  constructor(status: number, code: string, detail: string) {
    super(detail)
    this.status = status
    this.code = code
  }
}

/** @param accept which form of the answer, default JSON */
export async function request(path: string, init: RequestInit = {}, accept = 'application/json'): Promise<Response> {
  const headers = { accept, ...(init.headers as Record<string, string> | undefined) }
  let response: Response
  try {
    response = await fetch(path, { ...init, headers, cache: 'no-cache', credentials: 'same-origin' })
  } catch (error) {
    if (init.signal?.aborted) throw error
    connection.set('gone')
    throw new AnswerFailedError(0, 'STEADYLINE_SERVER_GONE', 'The server does not answer.')
  }
  connection.set(response.status === 503 ? 'store-gone' : 'there')
  if (response.ok) return response
  if (response.status === 401) session.set({ state: 'signed-out' })
  throw await failureOf(response)
}

export async function requestJson<Answer>(path: string, init: RequestInit = {}): Promise<Answer> {
  const response = await request(path, init)
  return (await response.json()) as Answer
}

/** Sends a body as JSON. */
export function requestPost<Answer>(path: string, body: unknown): Promise<Answer> {
  return requestJson(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })
}

async function failureOf(response: Response): Promise<AnswerFailedError> {
  const problem = (await response.json().catch(() => null)) as ApiProblem | null
  return new AnswerFailedError(
    response.status,
    problem?.code ?? 'STEADYLINE_ANSWER_FAILED',
    problem?.detail ?? response.statusText,
  )
}
