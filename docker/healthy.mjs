// The image's health check: asks the process of this container whether it runs. Exit code 0 or 1, and the reason.
const { PROCESSOR_METRICS_PORT, API_PORT = '8080' } = process.env
const url = `http://127.0.0.1:${PROCESSOR_METRICS_PORT ?? API_PORT}/health/live`
try {
  const answer = await fetch(url, { signal: AbortSignal.timeout(4_000) })
  if (!answer.ok) throw new Error(`status ${answer.status}`)
} catch (error) {
  console.error(`${url}: ${error.cause?.code ?? error.message}`)
  process.exitCode = 1
}
