/**
 * A real schema registry on this machine: Apicurio by its Confluent-compatible interface, in memory. Its jars come by Maven,
 * as those of the broker do, and stay in Maven's own folder. It ends with the tests of a file.
 */
import { execFile, spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { homedir, tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { until } from './local-processes.ts'
import { freePort } from './steadyline.ts'

const VERSION = '2.6.13.Final'
const ARTIFACT = `io.apicurio:apicurio-registry-app:${VERSION}:tar.gz:all`
const GET = 'org.apache.maven.plugins:maven-dependency-plugin:3.6.1:get'
const ARCHIVE = join(
  homedir(),
  `.m2/repository/io/apicurio/apicurio-registry-app/${VERSION}/apicurio-registry-app-${VERSION}-all.tar.gz`,
)
/** Alone on a machine it takes some ten seconds, beside much else minutes. */
const READY_MS_MAX = 400_000

export interface Apicurio {
  url: string
  /** Makes it stand still, so that nobody gets an answer, and go on. */
  standStill(): void
  goOn(): void
  stop(): Promise<void>
}

export async function startApicurio(): Promise<Apicurio> {
  const folder = await mkdtemp(join(tmpdir(), 'steadyline-registry-'))
  await promisify(execFile)('mvn', ['-q', '-B', GET, `-Dartifact=${ARTIFACT}`, '-Dtransitive=false'])
  await promisify(execFile)('tar', ['-xzf', ARCHIVE, '-C', folder])
  const port = await freePort()
  const jar = join(folder, `apicurio-registry-app-${VERSION}-runner.jar`)
  const settings = [`-Dquarkus.http.port=${port}`, '-Dquarkus.http.host=127.0.0.1']
  const server = spawn('java', ['-Xmx384m', '-XX:TieredStopAtLevel=1', ...settings, '-jar', jar], { stdio: 'ignore' })
  const ended = new Promise<void>((resolve) => server.once('close', () => resolve()))
  const url = `http://127.0.0.1:${port}/apis/ccompat/v7`
  const stop = async () => {
    server.kill('SIGCONT')
    server.kill('SIGKILL')
    await ended
    await rm(folder, { recursive: true, force: true })
  }
  try {
    await until(
      'the registry answers',
      async () => {
        if (server.exitCode !== null) throw new Error(`it ended with exit code ${server.exitCode}`)
        return (await fetch(`${url}/subjects`).catch(() => null))?.ok === true
      },
      READY_MS_MAX,
    )
  } catch (error) {
    await stop()
    throw error
  }
  return { url, standStill: () => server.kill('SIGSTOP'), goOn: () => server.kill('SIGCONT'), stop }
}
