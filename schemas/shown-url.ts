/** An address as it may be printed: user, password and what follows the host are left out. A text that is no address says nothing. */
export function shownUrl(url: string): string {
  return URL.canParse(url) ? new URL(url).origin : '(no address)'
}
