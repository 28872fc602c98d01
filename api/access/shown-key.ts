/** The key that a request shows: in its Authorization header, or in the cookie of a session. */
import type { FastifyRequest } from 'fastify'

/** Browsers cannot add headers to an EventSource or a link, so a session's cookie holds the key. */
export const SESSION_COOKIE = 'steadyline_session'
/** A working day, s. */
const SESSION_S = 12 * 3_600

/** null if it shows none. */
export function shownKey({ headers }: Pick<FastifyRequest, 'headers'>): string | null {
  const bearer = /^bearer +(\S+) *$/i.exec(headers.authorization ?? '')
  if (bearer !== null) return bearer[1]!
  if (headers.authorization !== undefined) return ''
  for (const part of (headers.cookie ?? '').split(';')) {
    const [name, value] = part.trim().split('=', 2)
    if (name === SESSION_COOKIE && value !== undefined && value !== '') return value
  }
  return null
}

/**
 * Out of reach of scripts, and never sent from another site's page.
 *
 * @param isEncrypted  whether the browser came over TLS, to a proxy before this process
 */
export function sessionCookie(key: string, isEncrypted: boolean): string {
  return cookie(key, SESSION_S, isEncrypted)
}

export function endedSessionCookie(isEncrypted: boolean): string {
  return cookie('', 0, isEncrypted)
}

function cookie(value: string, ageS: number, isEncrypted: boolean): string {
  const secure = isEncrypted ? '; Secure' : ''
  return `${SESSION_COOKIE}=${value}; Path=/; Max-Age=${ageS}; HttpOnly; SameSite=Strict${secure}`
}

/** As the proxy that ends TLS says it. Whoever lies here only marks a cookie of their own. */
export function isEncrypted({ headers }: Pick<FastifyRequest, 'headers'>): boolean {
  return headers['x-forwarded-proto'] === 'https'
}
