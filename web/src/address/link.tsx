import type { ComponentChildren } from 'preact'
import { go } from './address.ts'

interface LinkProps {
  /** Path and query inside the dashboard. */
  to: string
  children: ComponentChildren
  class?: string
  title?: string
  'aria-current'?: 'page' | 'true' | undefined
}

/** A link inside the dashboard; with a key or the middle button it opens another tab, as links do. */
export function Link({ to, children, ...rest }: LinkProps) {
  const follow = (event: MouseEvent) => {
    if (event.button !== 0 || event.metaKey || event.ctrlKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(to)
  }
  return (
    <a {...rest} href={to} onClick={follow}>
      {children}
    </a>
  )
}
