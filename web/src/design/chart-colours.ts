/** The colours of the page as charts need them: worked out, in the theme of the moment. Named in tokens.css. */
export interface ChartColours {
  ink: string
  quiet: string
  /** Faint lines: grids, axes, borders. */
  line: string
  /** What charts stand on. */
  panel: string
  accent: string
  /** Holds, not deviating. */
  good: string
  /** Deviates. */
  bad: string
  /** Too few calls, provisional. */
  unsure: string
  /** Targets and standards, unlike anything measured. */
  target: string
  /** From low to high, for a rate that should be high. */
  scale: readonly string[]
  fontFamily: string
}

export function chartColours(): ChartColours {
  const probe = document.body.appendChild(document.createElement('span'))
  const colour = (name: string) => {
    probe.style.color = `var(--${name})`
    return getComputedStyle(probe).color
  }
  const colours = {
    ink: colour('ink'),
    quiet: colour('quiet'),
    line: colour('line'),
    panel: colour('panel'),
    accent: colour('accent'),
    good: colour('good'),
    bad: colour('bad'),
    unsure: colour('unsure'),
    target: colour('target'),
    scale: [1, 2, 3, 4, 5].map((step) => colour(`scale-${step}`)),
    fontFamily: getComputedStyle(document.body).fontFamily,
  }
  probe.remove()
  return colours
}
