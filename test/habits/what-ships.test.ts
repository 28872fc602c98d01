/** What is installed with the program: exact, whole, without scripts that run, under licences that allow it. */
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'

interface Locked {
  dev?: boolean
  devOptional?: boolean
  hasInstallScript?: boolean
  integrity?: string
  license?: string
}

const manifest = JSON.parse(readFileSync('package.json', 'utf8'))
const lock: { packages: Record<string, Locked> } = JSON.parse(readFileSync('package-lock.json', 'utf8'))
const ships = Object.entries(lock.packages).filter(([place, { dev }]) => place !== '' && dev !== true)
const LICENCES = ['MIT', 'ISC', 'Apache-2.0', 'BSD-2-Clause', 'BSD-3-Clause', 'BlueOak-1.0.0', '0BSD']

test('the versions of package.json are exact', () => {
  const versions = Object.values({ ...manifest.dependencies, ...manifest.devDependencies }) as string[]
  expect(versions.filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([])
})

test('the lockfile names the content of every package that ships', () => {
  expect(ships.length).toBeGreaterThan(Object.keys(manifest.dependencies).length)
  expect(ships.filter(([, { integrity = '' }]) => !/^sha512-/.test(integrity)).map(([place]) => place)).toEqual([])
})

test('no package that ships may run a script when it is installed', () => {
  const withScripts = ships.filter(([, { hasInstallScript }]) => hasInstallScript === true)
  const allowed = withScripts.filter(
    ([place]) => manifest.allowScripts[place.replace(/^.*node_modules\//, '')] !== false,
  )
  expect(allowed.map(([place]) => place)).toEqual([])
})

test('every package that ships may be used and passed on', () => {
  const others = ships.filter(([, { license = 'none' }]) => !LICENCES.includes(license))
  expect(others.map(([place, { license }]) => `${place}: ${license}`)).toEqual([])
})
