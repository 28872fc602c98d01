/**
 * The address holds the whole state of a page: which page by its path, what it shows by its query.
 *
 * `go` and `ask` write it, `useAddress` reads it; back and forward therefore always work.
 */
import { createStore, useStore } from '../answers/store.ts'

export interface Address {
  path: string
  query: URLSearchParams
}

const current = createStore<Address>(read())
window.addEventListener('popstate', () => current.set(read()))

export function useAddress(): Address {
  return useStore(current)
}

/** Another page, or the same with another query: a step that the back button undoes. */
export function go(to: string): void {
  if (to === `${location.pathname}${location.search}`) return
  history.pushState(null, '', to)
  current.set(read())
  window.scrollTo(0, 0)
}

/**
 * The same page with some of its query changed; `null` takes a name away.
 *
 * @param isStep `false` for what is not worth a step back, such as each move of a slider. Default: `true`
 */
export function ask(changes: Readonly<Record<string, string | null>>, isStep = true): void {
  const to = addressWith(changes)
  if (to === `${location.pathname}${location.search}`) return
  if (isStep) history.pushState(null, '', to)
  else history.replaceState(null, '', to)
  current.set(read())
}

/** Where `ask` would go: for links, so that they can be opened in another tab. */
export function addressWith(changes: Readonly<Record<string, string | null>>): string {
  const query = new URLSearchParams(location.search)
  for (const [name, value] of Object.entries(changes)) {
    if (value === null || value === '') query.delete(name)
    else query.set(name, value)
  }
  const text = query.toString()
  return text === '' ? location.pathname : `${location.pathname}?${text}`
}

function read(): Address {
  return { path: location.pathname, query: new URLSearchParams(location.search) }
}
