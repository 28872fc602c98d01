/** Server-sent events as text (WHATWG HTML, section 9.2). */

/** @param id without line breaks; a reader that comes back names the last one it has */
export function eventText(id: string, name: string, content: unknown): string {
  return `id: ${id}\nevent: ${name}\ndata: ${JSON.stringify(content)}\n\n`
}

/** A line that readers pass over: it keeps proxies from closing a stream in which nothing happens. */
export const HEARTBEAT_TEXT = ': nothing new\n\n'

/** How long a reader waits before it comes back, ms. */
export function retryText(retryMs: number): string {
  return `retry: ${retryMs}\n\n`
}
