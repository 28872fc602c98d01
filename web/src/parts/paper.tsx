import { useEffect, useRef } from 'preact/hooks'
import './paper.css'

/**
 * A page as the API prints it, shown in place with its own style and nothing else's; printing gives the sheets that
 * `--format html` gives.
 *
 * It stands in a shadow tree. Scripts in it would not run, whatever it held: it is parsed and not executed.
 */
export function Paper({ html, label }: { html: string; label: string }) {
  const box = useRef<HTMLElement>(null)
  useEffect(() => {
    if (box.current === null) return
    const parsed = new DOMParser().parseFromString(html, 'text/html')
    const style = [...parsed.querySelectorAll('style')].map((element) => element.textContent).join('\n')
    const shadow = box.current.shadowRoot ?? box.current.attachShadow({ mode: 'open' })
    const inside = new CSSStyleSheet()
    inside.replaceSync(style)
    shadow.adoptedStyleSheets = [inside]
    shadow.replaceChildren(document.importNode(parsed.body, true))
    return withSheetSize(style)
  }, [html])
  return <article ref={box} class="paper" aria-label={label} lang="zh-CN" />
}

/** The size of sheets is the document's to say: a shadow tree cannot. @returns takes it back */
function withSheetSize(style: string): () => void {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync(/@page[^{]*\{[^}]*\}/.exec(style)?.[0] ?? '')
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet]
  return () => {
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet)
  }
}
