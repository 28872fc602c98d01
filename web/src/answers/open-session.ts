/** Who asks, and for what profile: read before any page is drawn, and again after signing in. */
import { type ProfileAnswer, profileStore } from './profile.ts'
import { AnswerFailedError, request, requestJson } from './request.ts'
import { type Session, session } from './session.ts'

interface SessionAnswer {
  name: string
  role: string
  keysNeeded: boolean
}

const TRY_AGAIN_MS = 2_000

export async function openSession(): Promise<void> {
  try {
    session.set(await readSession())
    if (session.get().state !== 'signed-out') profileStore.set(await requestJson<ProfileAnswer>('/v1/profile'))
  } catch (error) {
    if (error instanceof AnswerFailedError && error.status === 401) return session.set({ state: 'signed-out' })
    setTimeout(() => void openSession(), TRY_AGAIN_MS)
  }
}

/** @throws AnswerFailedError with status 401 or 403 if the API does not know the key */
export async function signIn(key: string): Promise<void> {
  await request('/v1/session', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ key }),
  })
  await openSession()
}

export async function signOut(): Promise<void> {
  await request('/v1/session', { method: 'DELETE' })
  profileStore.set(null)
  session.set({ state: 'signed-out' })
}

async function readSession(): Promise<Session> {
  const { name, role, keysNeeded } = await requestJson<SessionAnswer>('/v1/session')
  return keysNeeded ? { state: 'signed-in', name, role } : { state: 'open' }
}
