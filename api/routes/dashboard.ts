/**
 * Serves the dashboard as it was built. It may be built, or built anew, while the API runs.
 *
 * Every path that no other route has and that a browser opens is a page of the dashboard: its address holds what it shows.
 */
import { existsSync, mkdirSync } from 'node:fs'
import { join } from 'node:path'
import fastifyStatic from '@fastify/static'
import type { FastifyPluginAsync, FastifyRequest } from 'fastify'
import { html } from '../pages/html.ts'

/** Paths of programs: what is not there is said to them as a problem, never as a page. */
const NOT_PAGES = /^\/(v1|docs|health|metrics|assets)(\/|$)/
/** Names of these files hold a hash of their content. */
const ASSETS_MS = 365 * 86_400_000
const RELOAD_S = 2

const NOT_BUILT = html`<!doctype html>
<html lang="zh-CN">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>Steadyline</title>
<meta http-equiv="refresh" content="${RELOAD_S}"></head>
<body>
<p>看板正在生成，几秒后自动出现。没有出现时，请运行 npm run build:web。</p>
<p lang="en">The dashboard is being built and appears here in some seconds. If it does not, run npm run build:web.</p>
<p><a href="/docs">API</a></p>
</body>
</html>
`.text

export const dashboardRoutes: FastifyPluginAsync<{ folder: string }> = async (app, { folder }) => {
  mkdirSync(folder, { recursive: true })
  await app.register(fastifyStatic, {
    root: folder,
    serve: false,
    preCompressed: true,
    cacheControl: false,
  })
  app.get<{ Params: { '*': string } }>('/assets/*', { schema: { hide: true } }, async ({ params }, reply) => {
    reply.header('cache-control', `public, max-age=${ASSETS_MS / 1_000}, immutable`)
    return reply.sendFile(join('assets', params['*']))
  })
  app.get('/icon.svg', { schema: { hide: true } }, async (_request, reply) => reply.sendFile('icon.svg'))
  app.get('/*', { schema: { hide: true } }, async (request, reply) => {
    if (!isPage(request)) return reply.callNotFound()
    reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8')
    if (!existsSync(join(folder, 'index.html'))) return reply.code(503).send(NOT_BUILT)
    return reply.sendFile('index.html')
  })
}

function isPage({ url, headers }: FastifyRequest): boolean {
  return !NOT_PAGES.test(url.split('?')[0]!) && (headers.accept ?? '').includes('text/html')
}
