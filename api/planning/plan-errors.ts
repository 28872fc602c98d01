import { SteadylineError } from '../../schemas/errors.ts'

/** There is no plan of that id, or it was forgotten: an API keeps the last ones, in memory. */
export class PlanUnknownError extends SteadylineError {
  override readonly name = 'PlanUnknownError'

  constructor(id: string) {
    super(
      'STEADYLINE_PLAN_UNKNOWN',
      1,
      `There is no plan with the id ${JSON.stringify(id)}; an API keeps its last ones until it ends`,
    )
  }
}

/** So many plans are waiting that another one is not taken. */
export class PlansFullError extends SteadylineError {
  override readonly name = 'PlansFullError'

  constructor(message: string) {
    super('STEADYLINE_PLANS_FULL', 1, message)
  }
}
