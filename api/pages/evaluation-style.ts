import { html } from './html.ts'

/** Two sheets of A4 across hold sixteen indicators in the smallest print that is still read with ease. */
export const EVALUATION_STYLE = html`<style>
@page { size: A4 landscape; margin: 9mm 10mm }
* { box-sizing: border-box }
body { font: 12px/1.4 "Noto Sans CJK SC", "Noto Sans SC", "Source Han Sans SC", "Microsoft YaHei", "PingFang SC",
  "WenQuanYi Micro Hei", sans-serif; color: #111; margin: 16px auto; max-width: 1200px; padding: 0 12px }
h1 { font-size: 18px; margin: 0 0 4px; text-align: center }
.simulated { border: 2px solid #b00020; color: #b00020; text-align: center; font-weight: 700; padding: 2px; margin: 0 0 6px }
.facts { display: flex; flex-wrap: wrap; gap: 2px 18px; margin: 0 0 6px }
.facts b { font-size: 15px }
table { border-collapse: collapse; width: 100% }
th, td { border: 1px solid #777; padding: 2px 4px; vertical-align: top; text-align: left; overflow-wrap: anywhere }
th { background: #eee; text-align: center; white-space: nowrap }
.number { text-align: right; white-space: nowrap }
.small { color: #444; font-size: 90% }
.lost { color: #b00020 }
.level { white-space: nowrap }
.wide { width: 22% }
tr { break-inside: avoid }
.notes { margin: 6px 0 0; break-inside: avoid }
.notes p { margin: 2px 0 }
.line { border-bottom: 1px solid #777; height: 22px }
.signatures { display: flex; gap: 24px; margin-top: 10px }
.signatures span { flex: 1; border-bottom: 1px solid #777; height: 24px }
@media print {
  body { font-size: 8.5pt; line-height: 1.3; margin: 0; max-width: none; padding: 0 }
  th, td { padding: 1px 3px }
  h1 { font-size: 13pt }
  .facts b { font-size: 10pt }
}
</style>`
