/** The part of a schema registry that the Kafka engine asks: a schema by its id. */
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { schemaIdOf, schemaOf } from '../../schemas/wire-format.ts'

export async function startRegistry(): Promise<{ address: string; stop(): Promise<void> }> {
  const path = `/schemas/ids/${schemaIdOf('call.v1')}`
  const body = JSON.stringify({ schema: JSON.stringify(schemaOf('call.v1')) })
  const server = createServer((request, response) => {
    response.statusCode = request.url === path ? 200 : 404
    response.setHeader('content-type', 'application/vnd.schemaregistry.v1+json')
    response.end(response.statusCode === 200 ? body : '{}')
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return {
    address: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
