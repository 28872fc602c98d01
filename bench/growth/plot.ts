/** A plot of some series as SVG: logarithmic along both axes, a colour and a mark for each series. */

export interface Series {
  name: string
  points: readonly { x: number; y: number }[]
}

export interface Plot {
  title: string
  x: string
  y: string
  series: readonly Series[]
}

const WIDTH = 640
const HEIGHT = 360
const LEFT = 70
const RIGHT = 190
const TOP = 40
const BOTTOM = 50
const COLOURS = ['#0b6bcb', '#c8501e', '#2b8a3e', '#7048b6', '#8a6d00', '#555555']

export function plotSvg({ title, x, y, series }: Plot): string {
  const all = series.flatMap(({ points }) => points)
  const along = axisOf(
    all.map((point) => point.x),
    LEFT,
    WIDTH - RIGHT,
  )
  const up = axisOf(
    all.map((point) => point.y),
    HEIGHT - BOTTOM,
    TOP,
  )
  const grid = [
    ...along.ticks.map((tick) => line(along.at(tick), TOP, along.at(tick), HEIGHT - BOTTOM)),
    ...up.ticks.map((tick) => line(LEFT, up.at(tick), WIDTH - RIGHT, up.at(tick))),
    ...along.ticks.map((tick) => text(along.at(tick), HEIGHT - BOTTOM + 16, shown(tick), 'middle')),
    ...up.ticks.map((tick) => text(LEFT - 6, up.at(tick) + 4, shown(tick), 'end')),
  ]
  const drawn = series.map(({ name, points }, index) => {
    const colour = COLOURS[index % COLOURS.length]!
    const places = points.map((point) => `${along.at(point.x).toFixed(1)},${up.at(point.y).toFixed(1)}`)
    const marks = places.map((place) => {
      const [cx, cy] = place.split(',')
      return `<circle cx="${cx}" cy="${cy}" r="3" fill="${colour}"/>`
    })
    const label = text(WIDTH - RIGHT + 24, TOP + 14 + index * 18, name, 'start')
    const key = `<rect x="${WIDTH - RIGHT + 8}" y="${TOP + 5 + index * 18}" width="10" height="10" fill="${colour}"/>`
    return `<polyline points="${places.join(' ')}" fill="none" stroke="${colour}" stroke-width="1.5"/>${marks.join('')}${key}${label}`
  })
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="sans-serif" font-size="11">
<rect width="${WIDTH}" height="${HEIGHT}" fill="#ffffff"/>
${text(LEFT, 20, title, 'start')}
${grid.join('\n')}
${drawn.join('\n')}
${text((LEFT + WIDTH - RIGHT) / 2, HEIGHT - 12, x, 'middle')}
<text x="14" y="${(TOP + HEIGHT - BOTTOM) / 2}" text-anchor="middle" transform="rotate(-90 14 ${(TOP + HEIGHT - BOTTOM) / 2})">${escaped(y)}</text>
</svg>
`
}

/** Whole powers of ten around the values; nothing below the least above 0 is drawn. */
function axisOf(values: readonly number[], from: number, to: number) {
  const positive = values.filter((value) => value > 0)
  const least = Math.floor(Math.log10(Math.min(...positive)))
  const greatest = Math.max(least + 1, Math.ceil(Math.log10(Math.max(...positive))))
  const ticks = Array.from({ length: greatest - least + 1 }, (_, place) => 10 ** (least + place))
  const at = (value: number): number =>
    from + ((Math.log10(Math.max(value, 10 ** least)) - least) / (greatest - least)) * (to - from)
  return { ticks, at }
}

function shown(value: number): string {
  return value >= 1e6
    ? `${value / 1e6} M`
    : value >= 1_000
      ? `${value / 1_000} k`
      : String(Number(value.toPrecision(3)))
}

function line(x1: number, y1: number, x2: number, y2: number): string {
  return `<line x1="${x1.toFixed(1)}" y1="${y1.toFixed(1)}" x2="${x2.toFixed(1)}" y2="${y2.toFixed(1)}" stroke="#dddddd"/>`
}

function text(x: number, y: number, words: string, anchor: string): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}">${escaped(words)}</text>`
}

function escaped(words: string): string {
  return words.replaceAll('&', '&amp;').replaceAll('<', '&lt;')
}
