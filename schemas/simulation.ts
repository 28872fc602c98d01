/** The `simulation` section of a profile: what the generator needs to behave like the hotline of the contract. */
import Type, { type Static } from 'typebox'

export const Simulation = Type.Object({}, { additionalProperties: true })
export type Simulation = Static<typeof Simulation>
