import type { Counts } from '../../../../kpi/statistics/counts.ts'

/** Counts of a window as they are said: `of(960, 1000)` is 960 answered of 1,000 offered. */
export function of(answeredCount: number, offeredCount: number): Counts {
  return { answeredCount, offeredCount }
}

export function sumOf(sequence: readonly Counts[]): Counts {
  return sequence.reduce((sum, counts) =>
    of(sum.answeredCount + counts.answeredCount, sum.offeredCount + counts.offeredCount),
  )
}

/** Emergency attendances within 4 hours, 20 weeks; M. A. Mohammed et al., BMJ Quality & Safety 22 (2013), 362–368. */
export const EMERGENCY_WEEKS: readonly Counts[] = `
  266501/280443 264225/276823 276532/291681 281461/296155 269071/282343 261215/275888 270409/283867
  279778/295251 270483/284468 270320/282529 267923/279618 271478/283932 255353/266629 256820/268091
  261835/276803 259144/271578 255910/266005 260863/273520 264465/278574 260989/273772`
  .trim()
  .split(/\s+/)
  .map((week) => week.split('/').map(Number) as [number, number])
  .map(([answered, offered]) => of(answered, offered))
