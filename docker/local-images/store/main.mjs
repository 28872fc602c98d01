/**
 * The embedded store for other containers: it listens on loopback alone and knows no users, so this stands before it,
 * asks for one of the users of docker/clickhouse/users.xml, and keeps those that only read from writing.
 *
 * Who may write what is decided by a real server from the grants; here only "reads" and "writes" are told apart.
 */
import { createServer, request } from 'node:http'

const LISTEN_PORT = 8123
const INNER_PORT = 8124
const USERS = new Map(
  [
    ['steadyline_processor', process.env.CLICKHOUSE_PROCESSOR_PASSWORD, false],
    ['steadyline_statements', process.env.CLICKHOUSE_STATEMENTS_PASSWORD, false],
    ['steadyline_operator', process.env.CLICKHOUSE_OPERATOR_PASSWORD, false],
    ['steadyline_reader', process.env.CLICKHOUSE_READER_PASSWORD, true],
    // Without any password set it is a server without users, as tests start it.
    ['default', process.env.CLICKHOUSE_PROCESSOR_PASSWORD === undefined ? '' : undefined, false],
  ].flatMap(([name, password, readsOnly]) => (password === undefined ? [] : [[name, { password, readsOnly }]])),
)

process.argv.push('/var/lib/clickhouse', String(INNER_PORT))
await import('../../../local/store-server/main.ts')

createServer((asked, answer) => {
  const { pathname, searchParams } = new URL(asked.url, 'http://store')
  if (pathname === '/ping') return passOn(asked, answer, asked.url)
  const login = loginOf(asked, searchParams)
  const user = USERS.get(login.name)
  if (user === undefined || user.password !== login.password) {
    asked.resume()
    answer.writeHead(403, { 'x-clickhouse-exception-code': '516' })
    return answer.end(`Code: 516. DB::Exception: ${login.name}: Authentication failed. (AUTHENTICATION_FAILED)\n`)
  }
  if (user.readsOnly) searchParams.set('readonly', '2')
  for (const name of ['user', 'password']) searchParams.delete(name)
  passOn(asked, answer, `${pathname}?${searchParams}`)
}).listen(LISTEN_PORT, '0.0.0.0')

function loginOf({ headers }, searchParams) {
  const [kind, value] = (headers.authorization ?? '').split(' ')
  if (kind === 'Basic') {
    const [name, ...password] = Buffer.from(value, 'base64').toString().split(':')
    return { name, password: password.join(':') }
  }
  return {
    name: headers['x-clickhouse-user'] ?? searchParams.get('user') ?? 'default',
    password: headers['x-clickhouse-key'] ?? searchParams.get('password') ?? '',
  }
}

function passOn(asked, answer, path) {
  const { authorization, host, ...headers } = asked.headers
  const to = { host: '127.0.0.1', port: INNER_PORT, method: asked.method, path, headers }
  const onward = request(to, (given) => {
    answer.writeHead(given.statusCode, given.headers)
    given.pipe(answer)
  })
  onward.on('error', () => answer.destroy())
  asked.on('aborted', () => onward.destroy())
  asked.pipe(onward)
}
