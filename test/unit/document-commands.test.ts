import { expect, test } from 'vitest'
import { commandsOf, missingOf } from '../real/document-commands.ts'

const PAGE = `Text with \`npx steadyline up\` in it.
\`\`\`
$ curl -s http://127.0.0.1:8080/v1/x
{"a":1,…,
 "b":[2,3]}
$ npx steadyline wait     # waits
\`\`\`
\`\`\`
npx steadyline keys list      # names
salt: no command
\`\`\`
`

test('commands are found with what is shown below them, and comments are left out', () => {
  expect(commandsOf('page.md', PAGE)).toEqual([
    { place: 'page.md:3', command: 'curl -s http://127.0.0.1:8080/v1/x', shown: '{"a":1,…,\n "b":[2,3]}\n' },
    { place: 'page.md:6', command: 'npx steadyline wait', shown: '' },
    { place: 'page.md:9', command: 'npx steadyline keys list', shown: '' },
  ])
})

test('what is shown must come out, but for what is left out, frames and how lines are broken', () => {
  expect(missingOf('{"a":1,…,\n "b":[2,3]}', '{"a":1,"c":9,"b":[2, 3]}')).toEqual([])
  expect(missingOf('{"a":1,…,\n "b":[2,4]}', '{"a":1,"c":9,"b":[2, 3]}')).toEqual(['"b":[2,4'])
  expect(missingOf('│ rate │ 98.01% │\n  … nine more …\n│ x │', '┌──┐\n│ rate │  98.01% │\n│x│')).toEqual([])
  expect(missingOf('│ rate │ 98.02% │', '│ rate │ 98.01% │')).toEqual(['98.02%'])
})
