/** Images and settings of servers as docker-compose.yml has them: what people run is what is tested. */
import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

export interface ComposeService {
  image: string
  environment: Record<string, string>
}

const FILE = new URL('../../docker-compose.yml', import.meta.url)

/** A service with its variables filled in: from the environment, where KAFKA_IMAGE and the like are set, else the defaults. */
export function composeService(name: string): ComposeService {
  const { services } = parse(readFileSync(FILE, 'utf8'), { merge: true })
  const service = services[name]
  if (service === undefined) throw new Error(`docker-compose.yml has no service ${name}`)
  const environment = Object.entries(service.environment ?? {}).map(([key, value]) => [key, filledIn(String(value))])
  return { image: filledIn(service.image), environment: Object.fromEntries(environment) }
}

/** `${NAME:-default}` and, where a variable may be empty, `${NAME-default}`, as Compose reads them. */
function filledIn(text: string): string {
  return text.replace(/\$\{([A-Z_]+)(:?)-([^}]*)\}/g, (_, name: string, colon: string, otherwise: string) =>
    colon === '' ? (process.env[name] ?? otherwise) : process.env[name] || otherwise,
  )
}
