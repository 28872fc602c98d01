/** Kafka and ClickHouse in containers, as docker-compose.yml has them, on fixed ports: they come back where they were. */
import { GenericContainer, type StartedNetwork, type StartedTestContainer, Wait } from 'testcontainers'
import { coordinatorsAnswer } from '../../local/broker/coordinators.ts'
import { freePort } from '../../local/free-port.ts'
import { eventually } from '../faults/eventually.ts'
import type { TrialServer } from '../faults/servers.ts'
import { composeService } from './compose-services.ts'
import { endContainer, freeze, pidOf, startAgain } from './engine.ts'

const START_MS_MAX = 240_000

export interface ContainerServer extends TrialServer {
  container: StartedTestContainer
  stop(): Promise<void>
}

/** With a network, other containers reach it there as `kafka:9092`. */
export async function startKafka(network: StartedNetwork | null = null): Promise<ContainerServer> {
  const { image, environment } = composeService('kafka')
  const port = await freePort()
  const address = `127.0.0.1:${port}`
  const outside = environment.KAFKA_ADVERTISED_LISTENERS!.replace(/OUTSIDE:\/\/[^,]*/, `OUTSIDE://${address}`)
  // Alone, it is the controller of nobody else, and needs no name that others know.
  const alone = {
    KAFKA_CONTROLLER_QUORUM_VOTERS: '1@localhost:9093',
    KAFKA_ADVERTISED_LISTENERS: outside.replace('kafka:', 'localhost:'),
  }
  const container = new GenericContainer(image)
    .withEnvironment({ ...environment, ...(network === null ? alone : { KAFKA_ADVERTISED_LISTENERS: outside }) })
    .withExposedPorts({ container: 9094, host: port })
    .withStartupTimeout(START_MS_MAX)
    .withWaitStrategy(Wait.forListeningPorts())
  if (network !== null) container.withNetwork(network).withNetworkAliases('kafka')
  const server = await serverOf(await container.start(), address, () => coordinatorsAnswer(address))
  await eventually('the coordinators of the broker answer', () => coordinatorsAnswer(address), START_MS_MAX)
  return server
}

export interface ClickHouseOptions {
  network?: StartedNetwork
  /** With the users of docker/clickhouse/users.xml; otherwise with one who may do everything. */
  usersFile?: string
}

export async function startClickHouse({ network, usersFile }: ClickHouseOptions = {}): Promise<ContainerServer> {
  const { image, environment } = composeService('clickhouse')
  const port = await freePort()
  const address = `http://127.0.0.1:${port}`
  const container = new GenericContainer(image)
    .withEnvironment(usersFile === undefined ? { CLICKHOUSE_SKIP_USER_SETUP: '1' } : environment)
    .withExposedPorts({ container: 8123, host: port })
    .withStartupTimeout(START_MS_MAX)
    .withWaitStrategy(Wait.forHttp('/ping', 8123))
  if (network !== undefined) container.withNetwork(network).withNetworkAliases('clickhouse')
  if (usersFile !== undefined) {
    container.withCopyFilesToContainer([{ source: usersFile, target: '/etc/clickhouse-server/users.d/steadyline.xml' }])
  }
  const answers = async () => (await fetch(`${address}/ping`).catch(() => null))?.ok === true
  return serverOf(await container.start(), address, answers)
}

async function serverOf(
  container: StartedTestContainer,
  address: string,
  answers: () => Promise<boolean>,
): Promise<ContainerServer> {
  let pid = await pidOf(container)
  return {
    container,
    address,
    get pid() {
      return pid
    },
    async signal(signal) {
      if (signal === 'SIGSTOP' || signal === 'SIGCONT') return freeze(container, signal === 'SIGSTOP')
      pid = 0
      await endContainer(container, signal)
      await startAgain(container)
      await eventually('the container answers again', answers, START_MS_MAX)
      pid = await pidOf(container)
    },
    stop: async () => void (await container.stop()),
  }
}
