/** The dictionary: every KPI, in the order in which answers and reports list them. For people: kpi/README.md. */
import { abandonmentRate } from './abandonment-rate.ts'
import { answeredIn15sOfAnswered } from './answered-in-15s-of-answered.ts'
import { answeredIn15sOfOffered } from './answered-in-15s-of-offered.ts'
import { closureRate } from './closure-rate.ts'
import { closureRateOfDue } from './closure-rate-of-due.ts'
import { connectionRate } from './connection-rate.ts'
import { connectionRateByCaller } from './connection-rate-by-caller.ts'
import { directResolutionRate } from './direct-resolution-rate.ts'
import { followUpRate } from './follow-up-rate.ts'
import { goodRatingRate } from './good-rating-rate.ts'
import type { Kpi } from './kpi.ts'
import { onTimeClosureRate } from './on-time-closure-rate.ts'
import { outboundConnectedRate } from './outbound-connected-rate.ts'
import { ratingResponseRate } from './rating-response-rate.ts'
import { satisfactionRate } from './satisfaction-rate.ts'

export const KPIS: readonly Kpi[] = [
  connectionRate,
  connectionRateByCaller,
  answeredIn15sOfOffered,
  answeredIn15sOfAnswered,
  abandonmentRate,
  goodRatingRate,
  ratingResponseRate,
  outboundConnectedRate,
  directResolutionRate,
  closureRate,
  closureRateOfDue,
  onTimeClosureRate,
  satisfactionRate,
  followUpRate,
]
