/** One instance of a peak in its control chart. Ratios are 0 to 1; `lower` and `upper` are its limits. */
export interface ControlPoint {
  id: string
  date: string
  offeredCount: number
  ratio: number | null
  lower: number | null
  upper: number | null
  signal: 'low' | 'none'
  isSilent: boolean
}
