import type { ComponentChildren } from 'preact'

interface PageHeadProps {
  title: string
  /** Choices and buttons beside the title. */
  children?: ComponentChildren
}

/** The title of a page: its one first heading. */
export function PageHead({ title, children }: PageHeadProps) {
  return (
    <header class="page-head">
      <h1>{title}</h1>
      {children}
    </header>
  )
}
