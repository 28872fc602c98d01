/** The one place where errors become answers. What went wrong inside stays in the log: a 5xx says only that it did. */
import { STATUS_CODES } from 'node:http'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { KeyNeededError, RoleMissingError } from '../access/access-errors.ts'
import { PlansFullError, PlanUnknownError } from '../planning/plan-errors.ts'
import { ScenarioReadOnlyError, ScenarioUnknownError } from '../scenarios/scenario-errors.ts'
import { StatementRefusedError, StatementUnknownError } from '../statements/statement-errors.ts'
import { FactsDeletedError } from '../store/facts-deleted-error.ts'
import { StoreBusyError } from '../store/store-busy-error.ts'
import { StoreUnreachableError } from '../store/store-unreachable-error.ts'
import { knownMethods } from './known-methods.ts'
import { FormUnknownError, ParameterInvalidError, PROBLEM_TYPE, type Problem, RecordUnknownError } from './problem.ts'

const RETRY_AFTER_S = '5'

/** Codes for what the server library refuses by itself. */
const CODE_OF_STATUS: Record<number, string> = {
  400: 'STEADYLINE_REQUEST_MALFORMED',
  405: 'STEADYLINE_METHOD_UNKNOWN',
  413: 'STEADYLINE_REQUEST_TOO_LARGE',
  414: 'STEADYLINE_REQUEST_TOO_LARGE',
  415: 'STEADYLINE_CONTENT_TYPE_UNKNOWN',
  429: 'STEADYLINE_RATE_EXCEEDED',
  431: 'STEADYLINE_REQUEST_TOO_LARGE',
  503: 'STEADYLINE_OVERLOADED',
}

export function answerProblems(app: FastifyInstance): void {
  const methodsOf = knownMethods(app)
  const unknown = (request: FastifyRequest, reply: FastifyReply) => {
    const path = request.url.split('?')[0]!
    const methods = methodsOf(path)
    if (methods.length > 0) {
      reply.header('allow', methods.join(', '))
      const detail = `${path} can be asked by ${methods.join(', ')}, not by ${request.method}`
      return send(reply, { status: 405, code: 'STEADYLINE_METHOD_UNKNOWN', detail })
    }
    return send(reply, {
      status: 404,
      code: 'STEADYLINE_ROUTE_UNKNOWN',
      detail: `There is no ${request.method} ${path}. All routes: /docs`,
    })
  }
  app.setNotFoundHandler(unknown)
  app.setErrorHandler<FastifyError>((error, request, reply) => {
    if (request.is404 && error.statusCode === 400) return unknown(request, reply) // its body is of no interest
    const problem = problemOf(error)
    if (error instanceof StoreUnreachableError)
      request.log.warn({ code: error.code, reason: error.message }, 'store away')
    else if (error instanceof StoreBusyError)
      request.log.warn({ code: error.code, reason: error.message }, 'store busy')
    else if (problem.status >= 500) request.log.error({ code: problem.code, err: error }, 'request not answered')
    if (problem.status === 401) reply.header('www-authenticate', 'Bearer realm="steadyline"')
    if (problem.status === 503) reply.header('retry-after', RETRY_AFTER_S)
    return send(reply, problem)
  })
}

type Said = Pick<Problem, 'status' | 'code' | 'detail'> & { parameter?: string }

function problemOf(
  error:
    | FastifyError
    | KeyNeededError
    | RoleMissingError
    | ParameterInvalidError
    | RecordUnknownError
    | FactsDeletedError
    | FormUnknownError
    | PlansFullError
    | PlanUnknownError
    | StatementRefusedError
    | StatementUnknownError
    | ScenarioReadOnlyError
    | ScenarioUnknownError
    | StoreBusyError
    | StoreUnreachableError,
): Said {
  if (error instanceof ParameterInvalidError) {
    return { status: 400, code: error.code, detail: error.message, parameter: error.parameter }
  }
  if (error instanceof KeyNeededError) return { status: 401, code: error.code, detail: error.message }
  if (error instanceof RoleMissingError) return { status: 403, code: error.code, detail: error.message }
  if (error instanceof FactsDeletedError) return { status: 410, code: error.code, detail: error.message }
  if (error instanceof FormUnknownError) return { status: 406, code: error.code, detail: error.message }
  if (error instanceof RecordUnknownError) return { status: 404, code: error.code, detail: error.message }
  if (error instanceof PlanUnknownError) return { status: 404, code: error.code, detail: error.message }
  if (error instanceof PlansFullError) return { status: 429, code: error.code, detail: error.message }
  if (error instanceof StatementUnknownError) return { status: 404, code: error.code, detail: error.message }
  if (error instanceof ScenarioUnknownError) return { status: 404, code: error.code, detail: error.message }
  if (error instanceof ScenarioReadOnlyError) return { status: 409, code: error.code, detail: error.message }
  if (error instanceof StatementRefusedError) return { status: 409, code: error.code, detail: error.message }
  if (error instanceof StoreUnreachableError) {
    return { status: 503, code: error.code, detail: 'The store of the figures does not answer. Ask again later.' }
  }
  if (error instanceof StoreBusyError) {
    const detail =
      error.code === 'STEADYLINE_QUERY_TIMED_OUT'
        ? 'The answer took too long. Ask for a shorter range, or again later.'
        : 'Too much is being asked of the store at once. Ask again later.'
    return { status: 503, code: error.code, detail }
  }
  if ('validation' in error && error.validation !== undefined) return notAsDescribed(error)
  const status = 'statusCode' in error ? (error.statusCode ?? 500) : 500
  const code = CODE_OF_STATUS[status]
  if (code === undefined || status === 500) {
    return {
      status: 500,
      code: 'STEADYLINE_INTERNAL',
      detail: 'The question is right, the answer failed. It is in the log.',
    }
  }
  if (status === 503) return { status, code, detail: 'Too much is being asked at once. Ask again later.' }
  return { status, code, detail: error.message }
}

/** What the validator says of the rule that was broken; which of these are there depends on the rule. */
interface Broken {
  additionalProperty?: string
  missingProperty?: string
  allowedValues?: string[]
}

/** A parameter that does not fit the schema of its route; `body` where the whole of it is no JSON object. */
function notAsDescribed(error: FastifyError): Said {
  const [first] = error.validation!
  const { additionalProperty, missingProperty, allowedValues } = first!.params as Broken
  const path = first!.instancePath.slice(1).replaceAll('/', '.')
  const parameter = additionalProperty ?? missingProperty ?? (path === '' ? String(error.validationContext) : path)
  const why =
    additionalProperty !== undefined
      ? 'is not a parameter of this route'
      : allowedValues === undefined
        ? first!.message
        : `must be one of ${allowedValues.join(', ')}`
  return {
    status: 400,
    code: 'STEADYLINE_PARAMETER_INVALID',
    detail: missingProperty === undefined ? `${parameter} ${why}` : `${parameter} is missing`,
    parameter,
  }
}

function send(reply: FastifyReply, { status, code, detail, parameter }: Said): FastifyReply {
  const problem: Problem = { type: 'about:blank', title: STATUS_CODES[status] ?? 'Error', status, code, detail }
  if (parameter !== undefined) problem.parameter = parameter
  // As bytes: whatever schema the route has for its answers, a problem looks the same everywhere.
  return reply.code(status).header('cache-control', 'no-store').type(PROBLEM_TYPE).send(JSON.stringify(problem))
}
