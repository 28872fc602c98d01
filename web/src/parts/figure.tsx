import type { ComponentChildren } from 'preact'
import { useId } from 'preact/hooks'
import { ask, useAddress } from '../address/address.ts'
import { useSay } from '../language/language.ts'

interface FigureProps {
  /** Short and unique on its page: the address names the figures that are shown as tables, `?tables=heatmap,months`. */
  id: string
  title: string
  /** What is shown, with its base and unit. */
  note?: ComponentChildren
  /** A `<Chart>`. */
  chart: ComponentChildren
  /** A `<DataTable>` of the same figures. */
  table: ComponentChildren
  /** Switches and filters, beside the title. */
  controls?: ComponentChildren
}

const CHART = { zh: '图', en: 'Chart' }
const TABLE = { zh: '表', en: 'Table' }
const SHOWN_AS = { zh: '显示为', en: 'Shown as' }

/** A chart with its table: every chart is in one of these. */
export function Figure({ id, title, note, chart, table, controls }: FigureProps) {
  const say = useSay()
  const headingId = useId()
  const asTables = (useAddress().query.get('tables') ?? '').split(',').filter((name) => name !== '')
  const isTable = asTables.includes(id)
  const show = (asTable: boolean) => {
    if (asTable === isTable) return
    const others = asTables.filter((name) => name !== id)
    ask({ tables: [...others, ...(asTable ? [id] : [])].join(',') }, false)
  }
  return (
    <section class="panel figure" aria-labelledby={headingId} data-figure={id}>
      <header class="panel-head">
        <h2 id={headingId}>{title}</h2>
        {controls}
        <fieldset class="switch">
          <legend class="unseen">{`${title}: ${say(SHOWN_AS)}`}</legend>
          <button type="button" aria-pressed={!isTable} onClick={() => show(false)}>
            {say(CHART)}
          </button>
          <button type="button" aria-pressed={isTable} onClick={() => show(true)}>
            {say(TABLE)}
          </button>
        </fieldset>
      </header>
      {note === undefined ? null : <p class="quiet">{note}</p>}
      {isTable ? table : chart}
    </section>
  )
}
