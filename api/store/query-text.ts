import { readFileSync } from 'node:fs'

/** The text of a query by its file's name in queries/. */
export function queryText(name: string): string {
  return readFileSync(new URL(`../queries/${name}.sql`, import.meta.url), 'utf8')
}
