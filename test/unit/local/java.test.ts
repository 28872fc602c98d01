import { expect, test } from 'vitest'
import { javaVersionIn } from '../../../local/broker/java.ts'

test.each([
  ['openjdk version "17.0.15" 2025-04-15', 17],
  ['openjdk version "25" 2025-09-16', 25],
  ['java version "1.8.0_292"', 8],
  ['Picked up JAVA_TOOL_OPTIONS: -Xmx1g\nopenjdk version "21.0.2"', 21],
  ['no such program', null],
])('%s is Java %s', (output, version) => {
  expect(javaVersionIn(output)).toBe(version)
})
