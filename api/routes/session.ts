import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { KeyNeededError } from '../access/access-errors.ts'
import type { KeyRing } from '../access/key-ring.ts'
import { ROLES } from '../access/role.ts'
import { endedSessionCookie, isEncrypted, sessionCookie } from '../access/shown-key.ts'
import { Problem } from '../problems/problem.ts'

const TAGS = ['operation']
/** Nobody types a key this often. */
const SIGN_INS_PER_MINUTE_MAX = 30

const Session = Type.Object({
  name: Type.String({ description: 'Of the key; `loopback` where no keys are set up.' }),
  role: Type.Enum([...ROLES]),
  keysNeeded: Type.Boolean({ description: 'Whether keys are set up; without them there is nothing to sign in to.' }),
})

/** A session is the key in a cookie, for browsers: an EventSource and a link cannot send headers. */
export const sessionRoutes: FastifyPluginAsyncTypebox<{ keys: KeyRing | null }> = async (app, { keys }) => {
  app.post(
    '/v1/session',
    {
      config: { role: 'anyone', rateLimit: { max: SIGN_INS_PER_MINUTE_MAX, timeWindow: 60_000 } },
      schema: {
        summary: 'Sign in with an API key: it is kept in a cookie that scripts cannot read.',
        tags: TAGS,
        body: Type.Object({ key: Type.String({ maxLength: 128 }) }, { additionalProperties: false }),
        response: { 204: Type.Null(), 400: Problem, 401: Problem },
      },
    },
    async (request, reply) => {
      const { key } = request.body
      const holder = keys === null ? request.holder : keys.holderOf(key)
      const used = { method: 'POST', route: '/v1/session', address: request.ip }
      if (holder === null) {
        app.audit.warn({ audit: 'key-refused', ...used }, 'API key refused')
        throw new KeyNeededError(true)
      }
      if (keys === null) return reply.code(204).send(null)
      app.audit.info(
        { audit: 'key-used', key: holder.name, role: holder.role, isAllowed: true, ...used },
        'API key used',
      )
      return reply
        .code(204)
        .header('set-cookie', sessionCookie(key, isEncrypted(request)))
        .send(null)
    },
  )

  app.get(
    '/v1/session',
    { schema: { summary: 'Who is signed in.', tags: TAGS, response: { 200: Session } } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const { name, role } = request.holder!
      return { name, role, keysNeeded: keys !== null }
    },
  )

  app.delete(
    '/v1/session',
    {
      config: { role: 'anyone' },
      schema: { summary: 'Sign out: the cookie goes.', tags: TAGS, response: { 204: Type.Null() } },
    },
    async (request, reply) =>
      reply
        .code(204)
        .header('set-cookie', endedSessionCookie(isEncrypted(request)))
        .send(null),
  )
}
