/**
 * `?scenario=NAME` on every GET under /v1: the question is handed, without that parameter, to an app of the scenario's
 * own, which knows its database and its topics alone. So no route need know of scenarios, and none can mix figures up.
 */
import type { FastifyInstance, FastifyRequest } from 'fastify'
import Type from 'typebox'
import { isScenarioName, SCENARIO_NAME_PATTERN } from '../../schemas/scenario-names.ts'
import { KeyNeededError, RoleMissingError } from '../access/access-errors.ts'
import { mayAsk, roleNames } from '../access/role.ts'
import { type HeadedForm, headedByScenario } from '../pages/scenario-heading.ts'
import { ParameterInvalidError } from '../problems/problem.ts'
import { ScenarioReadOnlyError, ScenarioUnknownError } from './scenario-errors.ts'

/** As OpenAPI describes it. */
export const ScenarioParameter = Type.String({
  pattern: SCENARIO_NAME_PATTERN,
  description:
    'Name of a scenario: its figures instead of the real ones, for the role planner. The answer says so in the field `scenario`.',
})

export interface ScenarioApps {
  /** The app of a scenario; null if there is none of that name. */
  appOf(name: string): Promise<FastifyInstance | null>
}

const FORM_OF: Record<string, HeadedForm> = {
  'application/json': 'json',
  'application/problem+json': 'json',
  'text/csv': 'csv',
  'text/html': 'html',
}
/** What may be sent to an app that answers for a scenario: a key, nothing else. */
const SESSION = '/v1/session'

/** Hands on what asks for a scenario, after it was found out who asks and whether they may. */
export function answerScenarios(app: FastifyInstance, scenarios: ScenarioApps): void {
  app.addHook('preValidation', async (request, reply) => {
    const name = askedScenario(request)
    if (name === null) return
    if (!isScenarioName(name)) {
      throw new ParameterInvalidError(
        'scenario',
        `scenario is ${JSON.stringify(name)}, expected lower-case letters, digits and _, beginning with a letter, 31 at most`,
      )
    }
    requirePlanner(request)
    if (!isReading(request)) throw new ScenarioReadOnlyError(name)
    const own = await scenarios.appOf(name)
    if (own === null) throw new ScenarioUnknownError(name)
    await own.ready()
    request.raw.url = withoutScenario(request.url)
    reply.hijack()
    own.routing(request.raw, reply.raw)
  })
}

/**
 * Makes every answer of an app say whose it is, and takes nothing in. To be called before answers
 * are kept: what is kept says it.
 */
export function answerFor(app: FastifyInstance, scenario: string): void {
  app.addHook('preValidation', async (request) => {
    if (!isReading(request) && request.routeOptions.url !== SESSION) throw new ScenarioReadOnlyError(scenario)
  })
  app.addHook('onSend', async (_request, reply, text) => {
    const form = FORM_OF[String(reply.getHeader('content-type') ?? '').split(';')[0]!]
    if (typeof text !== 'string' || form === undefined) return text
    const headed = headedByScenario(text, form, scenario)
    reply.removeHeader('content-length') // that of the text as it was
    return headed
  })
}

/** Scenarios are the planners': whoever may ask a route for real figures alone may not ask it for those. */
function requirePlanner({ holder }: FastifyRequest): void {
  if (holder === null) throw new KeyNeededError(false)
  if (!mayAsk(holder.role, 'planner')) throw new RoleMissingError(holder.role, roleNames('planner'))
}

function askedScenario({ url, is404, routeOptions }: FastifyRequest): string | null {
  if (is404 || !routeOptions.url?.startsWith('/v1/')) return null
  return new URL(url, 'http://localhost').searchParams.get('scenario')
}

function withoutScenario(url: string): string {
  const [path, query = ''] = url.split('?', 2)
  const rest = query.split('&').filter((part) => part !== '' && !part.startsWith('scenario='))
  return rest.length === 0 ? path! : `${path}?${rest.join('&')}`
}

function isReading({ method }: FastifyRequest): boolean {
  return method === 'GET' || method === 'HEAD'
}
