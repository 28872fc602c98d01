/** A version is one word in four places: the package, the changelog, the image's tag, and what the command says. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { programVersion } from '../../cli/program-version.ts'

const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string }

test('the changelog has a heading of the version, with its day, below what is not released', () => {
  const headings = [...readFileSync('CHANGELOG.md', 'utf8').matchAll(/^## (.*)$/gm)].map(([, heading]) => heading!)
  const [released] = headings.filter((heading) => heading !== 'Unreleased')
  expect(released).toMatch(/^\d+\.\d+\.\d+ – \d{4}-\d{2}-\d{2}$/)
  expect(released!.split(' ')[0]).toBe(version)
})

test('the command and the image say the same', () => {
  expect(programVersion()).toBe(version)
  expect(readFileSync('docker-compose.yml', 'utf8')).toContain(`steadyline:${version}}`)
})
