/** A broker with TLS and SASL and a store behind TLS and a user, with certificates of an authority of the test's own. */
import { execFileSync, spawn } from 'node:child_process'
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { type IncomingMessage, request, type ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import { homedir } from 'node:os'
import { join } from 'node:path'
import { Kafka, logLevel, type SASLOptions } from 'kafkajs'
import { onTestFinished } from 'vitest'
import { brokerJars } from '../../local/broker/jars.ts'
import { BROKER_PROPERTIES, brokerOverrides } from '../../local/broker/properties.ts'
import { until } from './local-processes.ts'
import { freePort } from './steadyline.ts'

export interface Certificates {
  authorityFile: string
  keyFile: string
  certificateFile: string
}

export interface Login {
  username: string
  password: string
}

/** For 127.0.0.1, signed by an authority that only those know who are told. */
export function makeCertificates(folder: string): Certificates {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'pipe' })
  const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2']
  openssl('req', '-x509', ...newKey, '-keyout', 'ca.key', '-out', 'ca.pem', '-subj', '/CN=Authority of a test')
  openssl('req', ...newKey.slice(0, -2), '-keyout', 'server.key', '-out', 'server.csr', '-subj', '/CN=127.0.0.1')
  writeFileSync(join(folder, 'names'), 'subjectAltName=IP:127.0.0.1')
  const signing = ['-CA', 'ca.pem', '-CAkey', 'ca.key', '-CAcreateserial', '-days', '2', '-extfile', 'names']
  openssl('x509', '-req', '-in', 'server.csr', '-out', 'server.pem', ...signing)
  const file = (name: string) => join(folder, name)
  return { authorityFile: file('ca.pem'), keyFile: file('server.key'), certificateFile: file('server.pem') }
}

/** Takes PLAIN and SCRAM-SHA-512 over TLS, and nothing else. Returns `host:port`. */
export async function startEncryptedBroker(folder: string, certificates: Certificates, login: Login): Promise<string> {
  mkdirSync(folder)
  const { username, password } = login
  const { keyFile, certificateFile, authorityFile } = certificates
  const files = [keyFile, certificateFile, authorityFile].map((file) => readFileSync(file, 'utf8'))
  writeFileSync(join(folder, 'server-all.pem'), files.join('\n'))
  writeFileSync(join(folder, 'ca.pem'), files[2]!)
  writeFileSync(
    join(folder, 'broker.properties'),
    `${BROKER_PROPERTIES.replace('CLIENTS:PLAINTEXT', 'CLIENTS:SASL_SSL')}
sasl.enabled.mechanisms=PLAIN,SCRAM-SHA-512
sasl.mechanism.inter.broker.protocol=PLAIN
listener.name.clients.plain.sasl.jaas.config=org.apache.kafka.common.security.plain.PlainLoginModule required username="broker" password="of-the-broker" user_broker="of-the-broker" user_${username}="${password}";
listener.name.clients.scram-sha-512.sasl.jaas.config=org.apache.kafka.common.security.scram.ScramLoginModule required;
listener.name.clients.ssl.keystore.type=PEM
listener.name.clients.ssl.keystore.location=server-all.pem
listener.name.clients.ssl.truststore.type=PEM
listener.name.clients.ssl.truststore.location=ca.pem
`,
  )
  const jars = join(await brokerJars(join(homedir(), '.cache', 'steadyline'), () => {}), '*')
  const java = ['-Xmx512m', '-XX:+UseSerialGC', '-XX:TieredStopAtLevel=1', '-cp', jars]
  const env = { ...process.env, LC_ALL: 'C.UTF-8' } // the folder's name is not only ASCII
  const scram = `SCRAM-SHA-512=[name=${username},password=${password}]`
  const format = ['kafka.tools.StorageTool', 'format', '--cluster-id=AAAAAAAAAAAAAAAAAAAAAA', '-c', 'broker.properties']
  execFileSync('java', [...java, ...format, '--add-scram', scram], { cwd: folder, env, stdio: 'pipe' })
  const [port, controllerPort] = [await freePort(), await freePort()]
  const args = ['kafka.Kafka', 'broker.properties', ...brokerOverrides(port, controllerPort)]
  const child = spawn('java', [...java, ...args], { cwd: folder, env, stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  onTestFinished(async () => {
    child.kill('SIGKILL')
    await ended
  })
  const address = `127.0.0.1:${port}`
  const client = encryptedClient(address, certificates, { mechanism: 'plain', ...login })
  const letsIn = () => {
    if (child.exitCode !== null) throw new Error(`the broker ended with exit code ${child.exitCode}`)
    return answers(client)
  }
  await until('the broker lets a user in', letsIn)
  return address
}

export function encryptedClient(address: string, { authorityFile }: Certificates, sasl: SASLOptions): Kafka {
  const ssl = { ca: [readFileSync(authorityFile, 'utf8')] }
  return new Kafka({ brokers: [address], ssl, sasl, logLevel: logLevel.NOTHING, retry: { retries: 2 } })
}

async function answers(kafka: Kafka): Promise<boolean> {
  const admin = kafka.admin()
  return admin
    .connect()
    .then(() => admin.fetchOffsets({ groupId: 'anyone' })) // the coordinator of groups is up last
    .then(
      () => true,
      () => false,
    )
    .finally(() => admin.disconnect())
}

/** A proxy that ends TLS and lets one user in, as a real server would. Returns its address without the user. */
export async function startEncryptedStore(storeUrl: string, certificates: Certificates, login: Login): Promise<string> {
  const expected = `Basic ${Buffer.from(`${login.username}:${login.password}`).toString('base64')}`
  const key = readFileSync(certificates.keyFile)
  const proxy = createServer({ key, cert: readFileSync(certificates.certificateFile) }, (asked, answer) => {
    if (asked.headers.authorization === expected) return passOn(storeUrl, asked, answer)
    asked.resume()
    answer.writeHead(403, { 'x-clickhouse-exception-code': '516' })
    answer.end(`Code: 516. DB::Exception: ${login.username}: Authentication failed. (AUTHENTICATION_FAILED)`)
  })
  await new Promise<void>((resolve) => proxy.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    proxy.closeAllConnections()
    proxy.close()
  })
  return `https://127.0.0.1:${(proxy.address() as { port: number }).port}`
}

function passOn(storeUrl: string, asked: IncomingMessage, answer: ServerResponse): void {
  const { authorization, ...headers } = asked.headers
  const onward = request(new URL(asked.url!, storeUrl), { method: asked.method!, headers }, (given) => {
    answer.writeHead(given.statusCode!, given.headers)
    given.pipe(answer)
  })
  onward.on('error', () => answer.destroy())
  asked.pipe(onward)
}
