import { expect, test } from 'vitest'
import { roomFinding } from '../../../cli/doctor/machine.ts'
import { settingFindings } from '../../../cli/doctor/setting-findings.ts'
import { readSettings } from '../../../schemas/settings.ts'

const ENVIRONMENT = {
  KAFKA_USERNAME: 'hotline',
  KAFKA_PASSWORD: 'open-sesame',
  CLICKHOUSE_URL: 'http://user:open-sesame@store:8123/?database=x',
  SCHEMA_REGISTRY_URL: 'https://user:open-sesame@registry:8081/apis/ccompat/v7',
  VERDICT_WEBHOOK_URL: 'https://chat/open-sesame',
  FLUSH_MS_MAX: '500',
}

test('every setting says where it comes from, and no password is shown', () => {
  const findings = settingFindings({ settings: readSettings(ENVIRONMENT) }, { data: 'there' }, ENVIRONMENT)
  const english = findings.map(({ en }) => en)
  expect(english).toContain('CLICKHOUSE_URL = http://store:8123   (environment)')
  expect(english).toContain('SCHEMA_REGISTRY_URL = https://registry:8081   (environment)')
  expect(english).toContain('KAFKA_PASSWORD = ***   (environment)')
  expect(english).toContain('FLUSH_MS_MAX = 500   (environment)')
  expect(english).toContain('API_PORT = 8080   (default)')
  expect(english.find((line) => line.startsWith('STEADYLINE_DATA'))).toContain('(--data)')
  expect(findings.map(({ zh }) => zh)).toContain('FLUSH_MS_MAX = 500（环境变量）')
  expect(findings.filter(({ zh, en }) => (zh + en).includes('open-sesame'))).toEqual([])
})

test('the room of a folder that is not there yet is that of the disk it will be on', () => {
  expect(roomFinding('/tmp/not/there/yet').en).toMatch(
    /^the disk of \/tmp\/not\/there\/yet has [\d.]+ of [\d.]+ GiB free/,
  )
})
