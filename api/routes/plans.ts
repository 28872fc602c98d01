import { PassThrough } from 'node:stream'
import type { FastifyPluginAsyncTypebox } from '@fastify/type-provider-typebox'
import Type from 'typebox'
import { dayOfText } from '../../kpi/local-date.ts'
import { rosterOfCsv } from '../../schemas/roster-csv.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { PlanAnswer, PlanSummary, planAnswerOf, planSummaryOf } from '../answers/plan-answer.ts'
import { askedCells } from '../asked/asked-range.ts'
import { eventText, HEARTBEAT_TEXT } from '../live/event-text.ts'
import { AskedInputs, PLAN_KINDS, type PlanInputs } from '../planning/plan-inputs.ts'
import { isOpen, type Plan, type PlanJobs } from '../planning/plan-jobs.ts'
import { ParameterInvalidError, Problem } from '../problems/problem.ts'

const TAGS = ['plans']
const HEARTBEAT_MS = 15_000
const config = { role: 'planner' } as const

const Asked = Type.Object(
  { kind: Type.Enum([...PLAN_KINDS]), inputs: Type.Optional(AskedInputs) },
  { additionalProperties: false },
)
const Id = Type.Object({ id: Type.String({ maxLength: 64 }) })

const Stream = {
  description:
    'Event `plan` with its state and progress, first as it is now, then at every change; the stream ends with the plan.',
  content: { 'text/event-stream': { schema: PlanSummary } },
}

export const planRoutes: FastifyPluginAsyncTypebox<{ answered: AnsweredProfile; plans: PlanJobs }> = async (
  app,
  { answered, plans },
) => {
  const { zone } = answered
  const open = new Set<PassThrough>()
  app.addHook('preClose', async () => {
    await plans.close()
    for (const stream of open) stream.end()
  })

  app.post(
    '/v1/plans',
    {
      config,
      schema: {
        summary: 'Ask for a plan: what-if, the least seats that hold, a forecast. Answers at once with an id.',
        description:
          'Plans run one after the other; 429 when too many of one caller, or of all, wait. Results are kept in memory.',
        tags: TAGS,
        body: Asked,
        response: { 202: PlanSummary, 400: Problem, 429: Problem },
      },
    },
    async ({ body, holder, ip }, reply) => {
      const inputs = withRoster(body.inputs ?? {})
      assertMakesSense(answered, body.kind, inputs)
      const plan = plans.submit(holder?.name ?? ip, body.kind, inputs)
      return reply.code(202).header('location', `/v1/plans/${plan.id}`).send(planSummaryOf(zone, plan))
    },
  )

  app.get(
    '/v1/plans',
    {
      config,
      schema: {
        summary: 'Plans of this API, the last one first.',
        tags: TAGS,
        response: { 200: Type.Object({ plans: Type.Array(PlanSummary) }) },
      },
    },
    async () => ({ plans: plans.all().map((plan) => planSummaryOf(zone, plan)) }),
  )

  app.get(
    '/v1/plans/:id',
    {
      config,
      schema: {
        summary: 'A plan: its progress, and its result once it is done.',
        tags: TAGS,
        params: Id,
        response: { 200: PlanAnswer, 404: Problem },
      },
    },
    async ({ params }) => planAnswerOf(zone, plans.plan(params.id)),
  )

  app.delete(
    '/v1/plans/:id',
    {
      config,
      schema: {
        summary: 'Cancel a plan that waits or runs; forget one that is over.',
        tags: TAGS,
        params: Id,
        response: { 200: PlanSummary, 404: Problem },
      },
    },
    async ({ params }) => planSummaryOf(zone, await plans.cancel(params.id)),
  )

  app.get(
    '/v1/plans/:id/events',
    {
      config,
      exposeHeadRoute: false, // a stream has no length that could be told
      schema: {
        summary: 'The progress of a plan as server-sent events.',
        tags: TAGS,
        params: Id,
        response: { 200: Stream, 404: Problem },
      },
      // The schema describes one event; the stream of them is not serialized by it.
      serializerCompiler: () => (text) => text,
    },
    async ({ params, raw }, reply) => {
      const plan = plans.plan(params.id)
      const stream = new PassThrough()
      open.add(stream)
      let eventNumber = 0
      const hear = (changed: Plan) => {
        eventNumber += 1
        stream.write(eventText(String(eventNumber), 'plan', planSummaryOf(zone, changed)))
        if (!isOpen(changed)) stream.end()
      }
      const unlisten = plans.listen(plan.id, hear)
      const heartbeat = setInterval(() => stream.write(HEARTBEAT_TEXT), HEARTBEAT_MS)
      stream.once('close', () => {
        clearInterval(heartbeat)
        unlisten()
        open.delete(stream)
      })
      stream.once('finish', () => clearInterval(heartbeat))
      raw.once('close', () => stream.destroy())
      hear(plan)
      return reply
        .header('cache-control', 'no-store')
        .header('x-accel-buffering', 'no') // nginx would keep events back
        .type('text/event-stream; charset=utf-8')
        .send(stream as never) // the schema is of what it carries
    },
  )
}

/** The inputs with the roster that was given as the text of a file. @throws ParameterInvalidError that names every row that is wrong */
function withRoster({ rosterCsv, ...inputs }: AskedInputs): PlanInputs {
  if (rosterCsv === undefined) return inputs
  if (inputs.roster !== undefined)
    throw new ParameterInvalidError('rosterCsv', 'roster and rosterCsv are both given, expected one of them')
  const { roster, problems } = rosterOfCsv(rosterCsv)
  if (problems.length > 0)
    throw new ParameterInvalidError('rosterCsv', `rosterCsv is no roster: ${problems.join('; ')}`)
  return { ...inputs, roster }
}

/** What a schema cannot say. @throws ParameterInvalidError */
function assertMakesSense(
  { zone, profile }: AnsweredProfile,
  kind: (typeof PLAN_KINDS)[number],
  inputs: PlanInputs,
): void {
  if (kind === 'forecast') {
    if (inputs.from !== undefined && dayOfText(inputs.from.slice(0, 10)) === null) {
      throw new ParameterInvalidError(
        'from',
        `from is ${JSON.stringify(inputs.from)}, expected the first day of the forecast, such as 2024-01-01`,
      )
    }
  } else askedCells(zone, { from: inputs.from ?? profile.contract.from, to: inputs.to ?? profile.contract.to })
  const periods = ['all', ...profile.peaks.map(({ id }) => id), ...(profile.special ?? []).map(({ id }) => id)]
  const unknown = inputs.seatFactors?.find(({ period }) => !periods.includes(period))
  if (unknown !== undefined) {
    throw new ParameterInvalidError(
      'seatFactors',
      `there is no period ${JSON.stringify(unknown.period)}, expected one of ${periods.join(', ')}`,
    )
  }
}
