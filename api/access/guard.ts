/**
 * Lets a request through if its route is for anyone, or its key's role may ask it.
 *
 * A route says `config: { role: 'analyst' }`; one under /v1 that says nothing is for viewers. Who asks is found out
 * first of all, so that the rate is counted by key; the refusal comes after the rate limit, so that guessing is slow.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import { KeyNeededError, RoleMissingError } from './access-errors.ts'
import type { KeyHolder, KeyRing } from './key-ring.ts'
import { mayAsk, type NeededRole, neededRoleOf, roleNames } from './role.ts'
import { shownKey } from './shown-key.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** Who asks; null if nobody said so. */
    holder: KeyHolder | null
  }
  interface FastifyContextConfig {
    role?: NeededRole
  }
  interface FastifyInstance {
    /** Lines that are written whatever LOG_LEVEL says: who used a key, who issued a statement. */
    audit: FastifyInstance['log']
  }
}

/** Without keys the API listens on loopback only, and whoever is on this machine may do everything. */
export const ON_THIS_MACHINE: KeyHolder = { name: 'loopback', role: 'admin' }

/** @param keys  null if none are set up */
export function identify(app: FastifyInstance, keys: KeyRing | null): void {
  app.decorateRequest('holder', null)
  app.decorate('audit', app.log.child({}, { level: 'info' }))
  app.addHook('onRequest', async (request) => {
    const shown = keys === null ? null : shownKey(request)
    request.holder = keys === null ? ON_THIS_MACHINE : shown === null ? null : keys.holderOf(shown)
  })
}

/** To be called after the rate limit is there. */
export function guard(app: FastifyInstance, keys: KeyRing | null): void {
  if (keys === null) return
  // Before the body is read: nobody sends one for a question that is refused.
  app.addHook('preParsing', async (request) => {
    const needed = neededOf(request)
    if (needed === 'anyone') return
    const { holder } = request
    const used = { method: request.method, route: request.routeOptions.url, address: request.ip }
    if (holder === null) {
      const wasShown = shownKey(request) !== null
      if (wasShown) app.audit.warn({ audit: 'key-refused', ...used }, 'API key refused')
      throw new KeyNeededError(wasShown)
    }
    const isAllowed = mayAsk(holder.role, needed)
    app.audit.info({ audit: 'key-used', key: holder.name, role: holder.role, isAllowed, ...used }, 'API key used')
    if (!isAllowed) throw new RoleMissingError(holder.role, roleNames(needed))
  })
}

function neededOf(request: FastifyRequest): NeededRole {
  if (request.is404) return 'anyone' // what is not there needs no key
  return neededRoleOf(request.routeOptions.url ?? '', request.routeOptions.config.role)
}
