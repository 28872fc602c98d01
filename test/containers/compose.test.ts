/** The compose files as Compose itself reads them: valid, and no image that may be another one tomorrow. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { beforeAll, expect, test } from 'vitest'
import { parse } from 'yaml'

const run = promisify(execFile)
/** Images of one's own are chosen by such names, also for these tests; here those that the files name are meant. */
const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.endsWith('_IMAGE')))
/** Compose as a plugin of Docker, or as the command of its own that Debian has. */
let compose: readonly [string, ...string[]]

beforeAll(async () => {
  for (const tried of [['docker', 'compose'], ['docker-compose']] as const) {
    const [command, ...args] = tried
    const isThere = await run(command, [...args, 'version']).then(
      () => true,
      () => false,
    )
    if (!isThere) continue
    compose = tried
    return
  }
  throw new Error('Neither `docker compose` nor `docker-compose` runs. Install one of them. docs/containers.md')
})

test.each([{ files: ['docker-compose.yml'] }, { files: ['docker-compose.yml', 'docker-compose.cluster.yml'] }])(
  '$files: valid, and every tag is a version',
  async ({ files }) => {
    const [command, ...args] = compose
    const { stdout } = await run(command, [...args, ...files.flatMap((file) => ['-f', file]), 'config'], { env })
    const services: { image: string }[] = Object.values(parse(stdout).services)
    expect(services.length).toBeGreaterThan(8)
    for (const { image } of services) expect(image).toMatch(/:v?\d+\.\d+(\.\d+)*$/)
  },
)
