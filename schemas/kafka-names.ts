/** Names on Kafka that others hold on to. A scenario has its own, so that it can never write to the real ones. */
import { scenarioNamed } from './scenario-names.ts'

export interface KafkaNames {
  calls: string
  tickets: string
  rejected: string
  verdicts: string
  group: string
}

/** Names for the real database (`null`) or for a scenario. @throws SteadylineError for a name that is none */
export function kafkaNamesOf(scenario: string | null): KafkaNames {
  const suffix = scenario === null ? '' : `.${scenarioNamed(scenario)}`
  return {
    calls: `hotline.calls.v1${suffix}`,
    tickets: `hotline.tickets.v1${suffix}`,
    rejected: `hotline.rejected.v1${suffix}`,
    verdicts: `hotline.verdicts.v1${suffix}`,
    group: `steadyline.processors${suffix}`,
  }
}

/** Header of a heartbeat, which has a null value: epoch ms until which its topic is complete. */
export const WATERMARK_HEADER = 'steadyline-watermark'
