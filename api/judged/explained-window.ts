/** Reads one window, what happened in it, and what usually happens. */
import { countsBetween, sumsOf } from '../../kpi/cell-series.ts'
import type { JudgedInstance } from '../../kpi/judged-instances.ts'
import { type LikePart, likePartsOf } from '../../kpi/like-windows.ts'
import { dayOfText, yearOf } from '../../kpi/local-date.ts'
import { type Period, periodOf, rangeOf } from '../../kpi/periods.ts'
import type { Range } from '../../kpi/range.ts'
import { type Course, countedLikes, NO_COURSE, usualCourse, wholeCourse } from '../../kpi/window-course.ts'
import { instancesIn, type WindowInstance } from '../../kpi/windows.ts'
import { holidaysOf, windowDefinitionsOf } from '../../schemas/profile-windows.ts'
import type { AnsweredProfile } from '../answered-profile.ts'
import { YEAR_MAX, YEAR_MIN } from '../asked/asked-period.ts'
import { RecordUnknownError } from '../problems/problem.ts'
import { FactsDeletedError } from '../store/facts-deleted-error.ts'
import type { CallPart } from '../store/store-reader.ts'
import { type JudgedPeriod, judgedPeriod, type StabilityReaders } from './judged-period.ts'
import { type CoursePoint, coursePoints } from './window-points.ts'

export interface ExplainedWindow {
  judged: JudgedPeriod
  instance: JudgedInstance
  /** Windows of the same period before and after it in its year. */
  previousId: string | null
  nextId: string | null
  parts: LikePart[]
  window: Course
  /** `null` where there is nothing to compare with. */
  usual: Course | null
  /** Windows that what is usual was made of; of a special period its days alike, each counted once. */
  likesCount: number
  points: CoursePoint[]
}

/** @throws RecordUnknownError where the profile has no window of that id, FactsDeletedError where its records are deleted */
export async function explainedWindow(
  answered: AnsweredProfile,
  readers: StabilityReaders,
  id: string,
  part: CallPart,
): Promise<ExplainedWindow> {
  const day = dayOfText(id.split('@')[1] ?? '')
  const year = day === null || yearOf(day) < YEAR_MIN || yearOf(day) > YEAR_MAX ? null : periodOf(String(yearOf(day)))
  if (year === null) throw new RecordUnknownError('window', id)
  const found = windowOf(answered, year, id)
  if (found === undefined) throw new RecordUnknownError('window', id)
  const parts = keptParts(answered, partsOf(answered, found), await readers.stability.recordsFromMs())
  const [judged, comparison] = await Promise.all([
    judgedPeriod(answered, readers, year, part),
    compared(answered, readers, parts, part),
  ])
  const ofPeriod = judged.stability.instances.filter((instance) => instance.period === found.period)
  const place = ofPeriod.findIndex((instance) => instance.id === id)
  return {
    judged,
    instance: ofPeriod[place]!,
    previousId: ofPeriod[place - 1]?.id ?? null,
    nextId: ofPeriod[place + 1]?.id ?? null,
    parts,
    ...comparison,
  }
}

/** The window as its year has it, before anything is read. */
function windowOf(answered: AnsweredProfile, year: Period, id: string): WindowInstance | undefined {
  const { zone, profile } = answered
  const { instances } = instancesIn(windowDefinitionsOf(profile), holidaysOf(profile), zone, rangeOf(zone, year))
  return instances.find((instance) => instance.id === id)
}

function partsOf(answered: AnsweredProfile, { period, kind, startAtMs, endAtMs }: WindowInstance): LikePart[] {
  const peak = windowDefinitionsOf(answered.profile).peaks.find(({ id }) => id === period)
  const days = kind === 'peak' ? (peak?.days ?? 'all') : null
  return likePartsOf(answered.zone, holidaysOf(answered.profile), { fromAtMs: startAtMs, toAtMs: endAtMs }, days)
}

/** Windows alike whose records are deleted say nothing any more. @throws FactsDeletedError if its own are */
function keptParts({ zone }: AnsweredProfile, parts: LikePart[], recordsFromMs: number): LikePart[] {
  if (parts[0]!.fromAtMs < recordsFromMs)
    throw new FactsDeletedError(zone, recordsFromMs, 'why a window was as it was would need them')
  return parts.map((part) => ({ ...part, likes: part.likes.filter(({ fromAtMs }) => fromAtMs >= recordsFromMs) }))
}

async function compared(
  answered: AnsweredProfile,
  { stability }: StabilityReaders,
  parts: readonly LikePart[],
  part: CallPart,
): Promise<Pick<ExplainedWindow, 'window' | 'usual' | 'likesCount' | 'points'>> {
  const windows = distinct(parts.flatMap(({ fromAtMs, toAtMs, likes }) => [{ fromAtMs, toAtMs }, ...likes]))
  const held = { fromAtMs: windows[0]!.fromAtMs, toAtMs: parts.at(-1)!.toAtMs }
  const [courses, { series }] = await Promise.all([
    stability.windowCourses(windows, part),
    stability.callSeries(held, part),
  ])
  const courseOf = new Map(windows.map((window, at) => [keyOf(window), courses[at]!]))
  const of = (window: Range): Course => courseOf.get(keyOf(window)) ?? NO_COURSE
  const usuals = parts.map(({ likes }) => usualCourse(likes.map(of)))
  const counted = parts.map(({ likes }) =>
    countedLikes(likes.map((like) => ({ ...like, offeredCount: of(like).offeredCount }))),
  )
  const cells = sumsOf(series, held)
  return {
    window: wholeCourse(parts.map(of)),
    usual: usuals.some((usual) => usual === null) ? null : wholeCourse(usuals as Course[]),
    likesCount: distinct(counted.flat()).length,
    points: coursePoints(answered.zone, parts, counted, (range) => countsBetween(cells, range.fromAtMs, range.toAtMs)),
  }
}

/** Each once, in order of time. */
function distinct(ranges: readonly Range[]): Range[] {
  const found = new Map(ranges.map(({ fromAtMs, toAtMs }) => [keyOf({ fromAtMs, toAtMs }), { fromAtMs, toAtMs }]))
  return [...found.values()].sort((one, other) => one.fromAtMs - other.fromAtMs)
}

function keyOf({ fromAtMs, toAtMs }: Range): string {
  return `${fromAtMs} ${toAtMs}`
}
