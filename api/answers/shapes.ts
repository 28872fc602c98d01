/** Shapes that several answers share. */
import Type, { type TSchema } from 'typebox'
import { STATUSES } from '../../kpi/status.ts'

export const orNull = <Shape extends TSchema>(shape: Shape) => Type.Union([shape, Type.Null()])

export const Count = Type.Integer({ minimum: 0 })
export const Ratio = orNull(
  Type.Number({ minimum: 0, maximum: 1, description: '0 to 1; null where the denominator is 0.' }),
)
/** Where nobody asked for a person there is no rate, and the answer says so beside the null. */
export const NoRatioFields = { reason: Type.Optional(Type.String({ description: 'Why there is no ratio.' })) }
export function noRatioOf(ratio: number | null): { reason?: string } {
  return ratio === null ? { reason: '无人工请求 / nobody asked for a person' } : {}
}
export const Instant = Type.String({ description: "ISO-8601 with the offset of the profile's zone." })
export const StatusShape = Type.Enum([...STATUSES], {
  description: 'open 进行中, provisional 暂定, final 终值, restated 更正: by the watermark, never by the clock.',
})
export const AsOf = orNull(
  Type.String({
    description:
      'The lesser of the watermarks of the topics in the answer: all that was emitted before it is counted. null before the first.',
  }),
)
export const Simulated = Type.Boolean({
  description: 'true if any record behind the answer was generated. Whatever is made of it is headed 模拟数据.',
})
export const Evidence = Count
