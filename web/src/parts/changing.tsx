import { useRef } from 'preact/hooks'
import { useSay } from '../language/language.ts'

const WAS = { zh: '此前为', en: 'before:' }

interface ChangingProps {
  /** The figure as it is written. */
  text: string
  /** Of what it is a figure: of another period or line it is another figure, not a changed one. */
  of: string
}

/** A figure that says for a moment that newer records have changed it, and what it was. */
export function Changing({ text, of }: ChangingProps) {
  const say = useSay()
  const shown = useRef<{ of: string; text: string; before: string | null; changes: number }>({
    of,
    text,
    before: null,
    changes: 0,
  })
  const last = shown.current
  if (last.of !== of) shown.current = { of, text, before: null, changes: 0 }
  else if (last.text !== text) shown.current = { of, text, before: last.text, changes: last.changes + 1 }
  const { before, changes } = shown.current
  if (before === null) return <span>{text}</span>
  return (
    <span key={changes} class="changed" title={`${say(WAS)} ${before}`}>
      {text}
    </span>
  )
}
