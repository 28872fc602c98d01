/**
 * The parts of a path that a pattern names: `/peaks/:window` of `/peaks/evening@2023-03-10` gives `{window: …}`.
 *
 * @returns `null` if the path is another one
 */
export function matched(pattern: string, path: string): Record<string, string> | null {
  const wanted = pattern.split('/')
  const found = path.replace(/(?<=.)\/$/, '').split('/')
  if (wanted.length !== found.length) return null
  const params: Record<string, string> = {}
  for (const [place, part] of wanted.entries()) {
    if (part.startsWith(':')) params[part.slice(1)] = decoded(found[place]!)
    else if (part !== found[place]) return null
  }
  return params
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return part
  }
}
