import { expect, test } from 'vitest'
import { apiSettingsOf } from '../../../api/settings.ts'
import { readSettings } from '../../../schemas/settings.ts'

const settingsOf = (environment: Record<string, string>) =>
  apiSettingsOf(readSettings({ CLICKHOUSE_URL: 'http://127.0.0.1:8123', ...environment }))

test('without keys it listens on loopback, and reads from the replica if there is one', () => {
  expect(settingsOf({})).toMatchObject({ host: '127.0.0.1', port: 8080, storeUrl: 'http://127.0.0.1:8123' })
  expect(settingsOf({ CLICKHOUSE_READ_URL: 'http://replica:8123' }).storeUrl).toBe('http://replica:8123')
  expect(settingsOf({ STEADYLINE_PROFILE: 'a.yaml, b.yaml' }).profileFile).toBe('a.yaml')
})

test.each([
  ['0.0.0.0', { API_HOST: '0.0.0.0' }],
  ['a name of the network', { API_HOST: 'hotline.example' }],
  ['an address that begins like loopback', { API_HOST: '127.0.0.1.example' }],
])('%s is refused without keys', (_promise, environment) => {
  expect(() => settingsOf(environment)).toThrow(/loopback only/)
})

test('with keys another address is allowed', () => {
  expect(settingsOf({ API_KEYS_FILE: 'keys.json', API_HOST: '0.0.0.0' })).toMatchObject({
    host: '0.0.0.0',
    keysFile: 'keys.json',
  })
})

test.each([
  [{ CLICKHOUSE_URL: '' }, /CLICKHOUSE_URL is not set/],
  [{ STEADYLINE_PORT: '1' }, /STEADYLINE_PORT is not a setting/],
])('%o says what to do', (environment, message) => {
  expect(() => settingsOf(environment)).toThrow(message)
})
