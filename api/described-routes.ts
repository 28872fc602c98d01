/** What OpenAPI says of every route beside its own schema: who may ask it, and which problems any answer may be. */
import type { FastifySchema, RouteOptions } from 'fastify'
import { type NeededRole, neededRoleOf, roleNames } from './access/role.ts'
import { SESSION_COOKIE } from './access/shown-key.ts'
import { Problem } from './problems/problem.ts'
import { ScenarioParameter } from './scenarios/scenario-apps.ts'

export const SECURITY_SCHEMES = {
  key: {
    type: 'http',
    scheme: 'bearer',
    description: 'An API key: `npx steadyline keys add`. Not asked for where no keys are set up.',
  },
  session: {
    type: 'apiKey',
    in: 'cookie',
    name: SESSION_COOKIE,
    description: 'The same key, kept by POST /v1/session.',
  },
} as const

const PROBLEM = { description: 'Problem', content: { 'application/problem+json': { schema: Problem } } }

interface Described {
  schema: FastifySchema
  url: string
  route: Pick<RouteOptions, 'config' | 'method'>
}

/** For @fastify/swagger's `transform`: what is described changes, what is validated and serialized does not. */
export function describeRoute({ schema, url, route }: Described): { schema: FastifySchema; url: string } {
  if (schema === undefined || schema.hide === true) return { schema, url }
  const needed = neededRoleOf(url, route.config?.role)
  const described: FastifySchema = { ...schema, response: responsesOf(schema, needed) }
  if (url.startsWith('/v1/') && route.method === 'GET') {
    const asked = (schema.querystring ?? { type: 'object' }) as { properties?: object }
    described.querystring = { ...asked, properties: { ...asked.properties, scenario: ScenarioParameter } }
    described.response = { ...(described.response as object), 400: PROBLEM, 404: PROBLEM }
  }
  if (needed !== 'anyone') {
    described.security = [{ key: [] }, { session: [] }]
    described.description = [schema.description, `Roles: ${roleNames(needed)}.`].filter(Boolean).join(' ')
  }
  return { schema: described, url }
}

function responsesOf(schema: FastifySchema, needed: NeededRole): Record<string, unknown> {
  const own = (schema.response ?? {}) as Record<string, unknown>
  const isAsked = schema.querystring !== undefined || schema.params !== undefined || schema.body !== undefined
  const statuses = [
    ...(isAsked ? [400] : []),
    ...(needed === 'anyone' ? [] : [401, 403]),
    ...(schema.body === undefined ? [] : [413, 415]),
    429,
    503,
  ]
  const problems = Object.fromEntries(statuses.map((status) => [status, Problem]))
  return Object.fromEntries(
    Object.entries({ ...problems, ...own }).map(([status, response]) => [
      status,
      Number(status) < 400 ? response : PROBLEM,
    ]),
  )
}
