/** What every page is given. */
export interface PageProps {
  /** The parts of the path that the page's pattern names. */
  params: Readonly<Record<string, string>>
}
