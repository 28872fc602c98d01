/** What of the settings only the API has an opinion on. The settings themselves: schemas/settings.ts. */
import { SteadylineError } from '../schemas/errors.ts'
import type { Settings } from '../schemas/settings.ts'

const LOOPBACK = /^(127(\.\d{1,3}){3}|::1|localhost)$/

export interface ApiSettings {
  host: string
  port: number
  /** Where figures are read. */
  storeUrl: string
  /** Where statements are written, and read back. */
  writeUrl: string
  database: string
  profileFile: string
  /** null: no keys, and loopback only. */
  keysFile: string | null
}

/** @throws SteadylineError (exit code 2) where the API would listen to strangers, or would have nothing to read from */
export function apiSettingsOf(settings: Settings): ApiSettings {
  if (settings.API_KEYS_FILE === undefined && !LOOPBACK.test(settings.API_HOST)) {
    throw new SteadylineError(
      'STEADYLINE_SETTINGS_INVALID',
      2,
      `API_HOST is ${settings.API_HOST}, expected 127.0.0.1, ::1 or localhost: without API_KEYS_FILE the API listens on loopback only. Make keys: npx steadyline keys add --name NAME --role viewer --file FILE`,
    )
  }
  const storeUrl = settings.CLICKHOUSE_READ_URL ?? settings.CLICKHOUSE_URL
  if (storeUrl === undefined) {
    throw new SteadylineError(
      'STEADYLINE_SETTINGS_INVALID',
      2,
      'CLICKHOUSE_URL is not set, expected http://host:port. Start everything with `npx steadyline up`, or name your store.',
    )
  }
  return {
    host: settings.API_HOST,
    port: settings.API_PORT,
    storeUrl,
    writeUrl: settings.CLICKHOUSE_URL ?? storeUrl,
    database: settings.CLICKHOUSE_DATABASE,
    keysFile: settings.API_KEYS_FILE ?? null,
    profileFile: settings.STEADYLINE_PROFILE.split(',')[0]!.trim(),
  }
}
