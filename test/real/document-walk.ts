/** Runs what documents tell a newcomer to run, as they stand: by a shell, each page in a folder of its own. */
import { execFile } from 'node:child_process'
import { mkdir, mkdtemp, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import type { DocumentCommand } from './document-commands.ts'
import { COMMAND, type Up } from './steadyline.ts'

/** What a page finds in its folder: that of a checkout. */
const OF_THE_CHECKOUT = ['docs', 'schemas', 'profiles', 'node_modules']
const OUTPUT_BYTES_MAX = 64 << 20

export interface Walked {
  exitCode: number
  /** Both, as a terminal shows them. */
  output: string
}

/** @returns runs one command of one page after the other */
export async function walker(up: Up): Promise<(command: DocumentCommand) => Promise<Walked>> {
  const folder = await mkdtemp(join(tmpdir(), 'steadyline-documents-'))
  const folders = new Map<string, Promise<string>>()
  /** Of the statement that was issued last: pages write ID. */
  let statementId = 'ID'
  const env = {
    ...process.env,
    STEADYLINE_DATA: up.folder,
    API_KEYS_FILE: join(folder, 'keys.json'), // not that of the API, which would ask for keys from then on
    LANG: 'en_US.UTF-8',
    LC_ALL: '',
  }
  return async ({ place, command }) => {
    const page = place.split(':')[0]!.replaceAll('/', '-')
    if (!folders.has(page)) folders.set(page, pageFolder(join(folder, page)))
    const filledIn = command
      .replaceAll('npx steadyline', `${process.execPath} ${COMMAND}`)
      .replaceAll(/(127\.0\.0\.1|localhost):8080/g, `127.0.0.1:${up.port}`)
      .replace(/^KAFKA_BROKERS=\S+/, `KAFKA_BROKERS=${up.record().kafkaBrokers}`)
      .replace(/\bID\b/, statementId)
    const walked = await shell(filledIn, await folders.get(page)!, env)
    statementId = /statements issue/.test(command)
      ? (/\b[0-9a-f]{12,64}\b/.exec(walked.output)?.[0] ?? 'ID')
      : statementId
    return walked
  }
}

async function pageFolder(folder: string): Promise<string> {
  await mkdir(folder)
  for (const name of OF_THE_CHECKOUT) await symlink(resolve(name), join(folder, name))
  return folder
}

function shell(command: string, cwd: string, env: NodeJS.ProcessEnv): Promise<Walked> {
  return new Promise((done) => {
    execFile('/bin/sh', ['-c', command], { cwd, env, maxBuffer: OUTPUT_BYTES_MAX }, (error, stdout, stderr) => {
      const exitCode = error === null ? 0 : typeof error.code === 'number' ? error.code : 1
      done({ exitCode, output: `${stdout}${stderr}` })
    })
  })
}
