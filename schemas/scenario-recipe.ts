/** What made the records of a scenario: where they come from and what was done to them. Kept as JSON beside them. */
export interface ScenarioRecipe {
  /** Folder of the capture as it was given. */
  source: string
  /** ISO-8601 duration such as `P1Y`; null where nothing was shifted. */
  shift: string | null
  /** What the shift kept, in a sentence; null where nothing was shifted. */
  shiftRule: string | null
  scale: number
  /** Seeds resampling; it has no meaning at a scale of 1 without growth. */
  seed: number
  /** Lines and regions that were kept; null for all. */
  lines: readonly string[] | null
  regions: readonly string[] | null
  /** By line: how many times as many calls. Empty where no line grows by itself. */
  growth: Readonly<Record<string, number>>
}

/** One replay into a scenario. */
export interface ScenarioReplay extends ScenarioRecipe {
  madeAtMs: number
}

/** Whether the records were made anew, with ids of their own, and not only streamed as they were. */
export function isTransformed({ shift, scale, lines, regions, growth }: ScenarioRecipe): boolean {
  return shift !== null || scale !== 1 || lines !== null || regions !== null || Object.keys(growth).length > 0
}

/** `--shift P1Y --scale 1.3 --seed 1`, as a person would ask for it; empty where records are streamed as they are. */
export function recipeText(recipe: ScenarioRecipe): string {
  const { shift, scale, seed, lines, regions, growth } = recipe
  const grown = Object.entries(growth)
  const isResampled = scale !== 1 || grown.length > 0
  return [
    shift === null ? [] : ['--shift', shift],
    scale === 1 ? [] : ['--scale', String(scale)],
    grown.length === 0 ? [] : ['--growth', grown.map(([line, factor]) => `${line}=${factor}`).join(',')],
    isResampled ? ['--seed', String(seed)] : [],
    lines === null ? [] : ['--lines', lines.join(',')],
    regions === null ? [] : ['--regions', regions.join(',')],
  ]
    .flat()
    .join(' ')
}
