import { shownUrl } from '../../schemas/shown-url.ts'
import type { Site } from '../site.ts'
import type { Finding } from './finding.ts'

const SECRET = /PASSWORD|KEYS|WEBHOOK/
const SOURCES = {
  environment: '环境变量',
  '--data': '--data',
  '--profile': '--profile',
  default: '默认值',
} as const

/** What is set and from where. Passwords are not shown, nor those within addresses. */
export function settingFindings(
  { settings }: Pick<Site, 'settings'>,
  options: { data?: string | undefined; profile?: string | undefined },
  environment: NodeJS.ProcessEnv,
): Finding[] {
  const sourceOf = (name: string): keyof typeof SOURCES => {
    if (name === 'STEADYLINE_DATA' && options.data !== undefined) return '--data'
    if (name === 'STEADYLINE_PROFILE' && options.profile !== undefined) return '--profile'
    return environment[name] === undefined || environment[name] === '' ? 'default' : 'environment'
  }
  return Object.entries(settings).map(([name, value]) => {
    const shown = SECRET.test(name) ? '***' : name.endsWith('_URL') ? shownUrl(String(value)) : String(value)
    const source = sourceOf(name)
    return { isWell: null, zh: `${name} = ${shown}（${SOURCES[source]}）`, en: `${name} = ${shown}   (${source})` }
  })
}
