import { html } from './html.ts'

/** One sheet of A4 upright for the report; the annex follows on sheets of its own. */
export const STABILITY_STYLE = html`<style>
@page { size: A4 portrait; margin: 9mm 10mm }
* { box-sizing: border-box }
body { font: 12px/1.45 "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC",
  "WenQuanYi Micro Hei", sans-serif; color: #111; margin: 16px auto; max-width: 860px; padding: 0 12px }
h1 { font-size: 18px; margin: 0 0 2px; text-align: center }
h2 { font-size: 13px; margin: 8px 0 2px }
.simulated { border: 2px solid #b00020; color: #b00020; text-align: center; font-weight: 700; padding: 2px; margin: 0 0 6px }
.facts { display: flex; flex-wrap: wrap; justify-content: center; gap: 0 16px; color: #444; font-size: 90%; margin: 0 0 4px }
.sentence { border: 1.5px solid #111; padding: 4px 8px; margin: 4px 0; font-size: 108% }
.sentence p { margin: 0 }
.small { color: #444; font-size: 90% }
p { margin: 2px 0 }
table { border-collapse: collapse; width: 100%; margin: 2px 0 }
th, td { border: 1px solid #888; padding: 1px 4px; vertical-align: top; text-align: left }
th { background: #eee; text-align: center; font-weight: 600 }
th small { font-weight: 400 }
td.number { text-align: right; white-space: nowrap; font-variant-numeric: tabular-nums }
td.whole, th.whole { white-space: nowrap }
.deviates, .lost { color: #b00020; font-weight: 600 }
.insufficient { color: #8a5a00 }
.stable { color: #1b5e20 }
.matrix td:not(.whole) { text-align: center; font-variant-numeric: tabular-nums }
.matrix td.deviates { background: #fbe3e6 }
.matrix td.insufficient { background: #fdf3dc }
tr { break-inside: avoid }
thead { display: table-header-group }
.annex { break-before: page }
.annex table { font-size: 85% }
svg { width: 100%; height: auto; display: block }
@media print {
  body { font-size: 8pt; line-height: 1.34; margin: 0; max-width: none; padding: 0 }
  h1 { font-size: 13pt }
  h2 { font-size: 9pt; margin: 5px 0 1px }
  th, td { padding: 0.5px 3px }
}
</style>`
