/** Where Prometheus reads what a processor says of its work: `/metrics`, and `/health/live` for whoever started it. */
import { createServer, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SteadylineError } from '../../schemas/errors.ts'

export interface MetricsServer {
  /** `http://host:port` */
  address: string
  close(): Promise<void>
}

/** The text that is read, made when it is asked for. */
export interface MetricsText {
  contentType: string
  text(): Promise<string>
}

/** @throws SteadylineError (exit code 2) where the port is taken or the address is none of this machine's */
export async function serveMetrics(metrics: MetricsText, host: string, port: number): Promise<MetricsServer> {
  const server = createServer((request, response) => {
    if (request.method !== 'GET') return answer(response, 405, 'GET only\n')
    if (request.url === '/health/live') return answer(response, 200, 'live\n')
    if (request.url !== '/metrics') return answer(response, 404, '/metrics and /health/live are here\n')
    metrics.text().then(
      (text) => answer(response, 200, text, metrics.contentType),
      () => answer(response, 500, 'the metrics could not be read\n'),
    )
  })
  await new Promise<void>((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => reject(cannotListen(error, host, port)))
    server.listen(port, host, resolve)
  })
  server.unref() // whoever reads must not keep the process alive
  const { port: taken } = server.address() as AddressInfo
  return {
    address: `http://${host.includes(':') ? `[${host}]` : host}:${taken}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}

function answer(response: ServerResponse, status: number, text: string, type = 'text/plain; charset=utf-8'): void {
  response.writeHead(status, { 'content-type': type }).end(text)
}

function cannotListen(error: NodeJS.ErrnoException, host: string, port: number): Error {
  const why = error.code === 'EADDRINUSE' ? 'is in use' : `cannot be listened on (${error.code})`
  return new SteadylineError(
    'STEADYLINE_PORT_IN_USE',
    2,
    `Port ${port} on ${host}, expected for the metrics of this processor, ${why}. Set PROCESSOR_METRICS_PORT to another for each processor of a machine, 0 for a free one, or PROCESSOR_METRICS_HOST to an address of this machine.`,
  )
}
