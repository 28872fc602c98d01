/** The container engine of this machine. There is no other way round: without one, whoever asks for containers fails. */
import { getContainerRuntimeClient, type StartedTestContainer } from 'testcontainers'

/** @throws Error that says what is missing */
export async function requireEngine(): Promise<void> {
  try {
    await getContainerRuntimeClient()
  } catch (error) {
    throw new Error(
      `No container engine answers, and these tests run on containers (${(error as Error).message}). ` +
        'Start Docker, or run the same suites on the embedded servers: npm run test:faults, npm run test:real. docs/containers.md',
    )
  }
}

/** @throws Error that says how to make it */
export async function requireImage(image: string, command: string): Promise<void> {
  const { image: images } = await getContainerRuntimeClient()
  const [repository, tag = 'latest'] = image.split(':') as [string, string?]
  const name = { string: image, registry: undefined, image: repository, tag } as never
  if (!(await images.exists(name))) throw new Error(`There is no image ${image}. Make it: ${command}`)
}

async function engineContainer(container: StartedTestContainer) {
  const { container: containers } = await getContainerRuntimeClient()
  return containers.getById(container.getId())
}

/** Of its main process, as the engine counts; 0 while it does not run. */
export async function pidOf(container: StartedTestContainer): Promise<number> {
  return (await (await engineContainer(container)).inspect()).State.Pid
}

export async function exitCodeOf(container: StartedTestContainer): Promise<number> {
  return (await (await engineContainer(container)).inspect()).State.ExitCode
}

/** Signals it and waits until it has ended; it stays to be looked at, or to be started again. */
export async function endContainer(container: StartedTestContainer, signal: NodeJS.Signals): Promise<void> {
  const known = await engineContainer(container)
  const ended = known.wait()
  await known.kill({ signal })
  await ended
}

export async function startAgain(container: StartedTestContainer): Promise<void> {
  await (await engineContainer(container)).start()
}

/** Stops every process of it where it stands, or lets them go on. */
export async function freeze(container: StartedTestContainer, isFrozen: boolean): Promise<void> {
  const known = await engineContainer(container)
  await (isFrozen ? known.pause() : known.unpause())
}
