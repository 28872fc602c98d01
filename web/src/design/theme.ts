/** Light or dark: as the system says, unless a person chose. */
import { createStore } from '../answers/store.ts'

export type Theme = 'light' | 'dark'

const KEPT_AS = 'steadyline.theme'
const system = matchMedia('(prefers-color-scheme: dark)')

export const theme = createStore<Theme>(chosenTheme() ?? systemTheme())
show(theme.get())
system.addEventListener('change', () => {
  if (chosenTheme() === null) change(systemTheme())
})

export function chooseTheme(next: Theme): void {
  localStorage.setItem(KEPT_AS, next)
  change(next)
}

/** The page first, then those who watch: charts read their colours from the page. */
function change(next: Theme): void {
  show(next)
  theme.set(next)
}

function show(shown: Theme): void {
  document.documentElement.dataset.theme = shown
}

function chosenTheme(): Theme | null {
  const kept = localStorage.getItem(KEPT_AS)
  return kept === 'light' || kept === 'dark' ? kept : null
}

function systemTheme(): Theme {
  return system.matches ? 'dark' : 'light'
}
