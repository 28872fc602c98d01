/** Two bounds, both inside, in the unit of what they bound. */
export interface Interval {
  lower: number
  upper: number
}
