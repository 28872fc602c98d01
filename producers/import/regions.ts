/** The code of a region from what an export says: by the map, else a code or a name of the profile. */
import type { Profile } from '../../schemas/profile.ts'

export class Regions {
  readonly #codes: ReadonlyMap<string, string>

  constructor(profile: Pick<Profile, 'regions'>, words: Readonly<Record<string, string>> | undefined) {
    const known = Object.entries(profile.regions).flatMap(([code, name]) => {
      const names = typeof name === 'string' ? [name] : [name.zh, name.en]
      return [code, ...names].map((word) => [word, code] as const)
    })
    this.#codes = new Map([...known, ...Object.entries(words ?? {})])
  }

  /** Empty for an empty cell; null for a word that nobody knows. */
  codeOf(word: string): string | null {
    return word === '' ? (this.#codes.get('') ?? '') : (this.#codes.get(word) ?? null)
  }
}
