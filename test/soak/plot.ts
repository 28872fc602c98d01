/** A soak over its minutes as SVG: lag, memory, handles and parts, one below the other, and where something went wrong. */
import type { Survived } from './report.ts'
import type { Sample } from './samples.ts'

const WIDTH = 860
const LEFT = 90
const RIGHT = 20
const PANEL = 110
const GAP = 34
const COLOURS = ['#0b6bcb', '#c8501e', '#2b8a3e', '#7048b6']

interface Panel {
  title: string
  lines: { name: string; points: { atMs: number; value: number }[] }[]
}

export function soakPlot(samples: readonly Sample[], faults: readonly Survived[]): string {
  const names = [...new Set(samples.flatMap(({ processes }) => Object.keys(processes)))]
  const ofProcesses = (measure: 'memoryMb' | 'handlesCount') =>
    names.map((name) => ({
      name,
      points: samples.flatMap(({ atMs, processes }) =>
        processes[name] === undefined ? [] : [{ atMs, value: processes[name][measure] }],
      ),
    }))
  const ofAll = (measure: 'lagCount' | 'partsCount') => [
    { name: '', points: samples.map(({ atMs, [measure]: value }) => ({ atMs, value })) },
  ]
  const panels: Panel[] = [
    { title: 'records not yet counted', lines: ofAll('lagCount') },
    { title: 'resident memory, MB', lines: ofProcesses('memoryMb') },
    { title: 'open handles', lines: ofProcesses('handlesCount') },
    { title: 'active parts of all tables', lines: ofAll('partsCount') },
  ]
  const lastMs = Math.max(...samples.map(({ atMs }) => atMs))
  const x = (atMs: number) => LEFT + (atMs / lastMs) * (WIDTH - LEFT - RIGHT)
  const height = panels.length * (PANEL + GAP) + 30
  const drawn = panels.map((panel, index) => drawPanel(panel, 30 + index * (PANEL + GAP), x))
  const marks = faults.map(({ beganMs }) => line(x(beganMs), 26, x(beganMs), height - 30, '#f3d9cf'))
  const minutes = Array.from({ length: Math.floor(lastMs / 600_000) + 1 }, (_, tens) =>
    text(x(tens * 600_000), height - 14, `${tens * 10} min`, 'middle'),
  )
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${height}" font-family="sans-serif" font-size="11">
<title>What a soak did to memory, handles, parts and lag</title>
<rect width="${WIDTH}" height="${height}" fill="#ffffff"/>
${text(LEFT, 16, '模拟数据 simulated data; each pale line is a fault', 'start')}
${[...marks, ...drawn, ...minutes].join('\n')}
</svg>
`
}

function drawPanel({ title, lines }: Panel, top: number, x: (atMs: number) => number): string {
  const greatest = Math.max(1, ...lines.flatMap(({ points }) => points.map(({ value }) => value)))
  const bottom = top + PANEL
  const y = (value: number) => bottom - (value / greatest) * (PANEL - 16)
  const series = lines.map(({ name, points }, index) => {
    const colour = COLOURS[index % COLOURS.length]!
    const places = points.map(({ atMs, value }) => `${x(atMs).toFixed(1)},${y(value).toFixed(1)}`).join(' ')
    const label = name === '' ? '' : text(LEFT + 150 + index * 110, top + 8, name, 'start', colour)
    return `<polyline points="${places}" fill="none" stroke="${colour}" stroke-width="1.2"/>${label}`
  })
  return [
    text(LEFT, top + 8, title, 'start'),
    text(LEFT - 6, y(greatest) + 4, greatest.toLocaleString('en'), 'end'),
    text(LEFT - 6, bottom + 4, '0', 'end'),
    line(LEFT, bottom, WIDTH - RIGHT, bottom, '#999999'),
    ...series,
  ].join('\n')
}

function line(x1: number, y1: number, x2: number, y2: number, colour: string): string {
  const [fromX, toX] = [x1.toFixed(1), x2.toFixed(1)]
  return `<line x1="${fromX}" y1="${y1.toFixed(1)}" x2="${toX}" y2="${y2.toFixed(1)}" stroke="${colour}"/>`
}

function text(x: number, y: number, words: string, anchor: string, colour = '#333333'): string {
  return `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" text-anchor="${anchor}" fill="${colour}">${words}</text>`
}
