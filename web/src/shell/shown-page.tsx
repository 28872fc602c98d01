import type { ComponentType } from 'preact'
import { useEffect, useState } from 'preact/hooks'
import { Link } from '../address/link.tsx'
import { matched } from '../address/matched.ts'
import { profileStore } from '../answers/profile.ts'
import { useStore } from '../answers/store.ts'
import { useLanguage, useSay } from '../language/language.ts'
import type { PageProps } from '../page-props.ts'
import { PAGES } from '../pages.ts'

const UNKNOWN = { zh: '没有这个页面', en: 'There is no such page' }
const HOME = { zh: '回到总览', en: 'To the overview' }
const LOADING = { zh: '正在载入……', en: 'Loading …' }
const NOT_LOADED = {
  zh: '页面没有载入：服务没有应答，或程序已更新。请刷新。',
  en: 'The page was not loaded: the server does not answer, or was updated. Reload it.',
}

/** The page of a path, once its code is there. */
export function ShownPage({ path }: { path: string }) {
  const say = useSay()
  const language = useLanguage()
  const profile = useStore(profileStore)
  const [loaded, setLoaded] = useState<{ pattern: string; Page: ComponentType<PageProps> } | null>(null)
  const [isFailed, setIsFailed] = useState(false)
  const found = PAGES.map((page) => ({ page, params: matched(page.pattern, path) })).find(
    ({ params }) => params !== null,
  )
  const pattern = found?.page.pattern

  useEffect(() => {
    const name = profile === null ? '' : ` · ${profile.name[language]}`
    document.title = `${(found?.page.title ?? UNKNOWN)[language]}${name} · Steadyline`
  }, [found?.page, language, profile])

  useEffect(() => {
    let isGone = false
    setIsFailed(false)
    PAGES.find((page) => page.pattern === pattern)
      ?.load()
      .then(({ default: Page }) => {
        if (!isGone) setLoaded({ pattern: pattern!, Page })
      })
      .catch(() => {
        if (!isGone) setIsFailed(true)
      })
    return () => {
      isGone = true
    }
  }, [pattern])

  if (found === undefined) {
    return (
      <div class="centre">
        <h1>{say(UNKNOWN)}</h1>
        <p>
          <Link to="/">{say(HOME)}</Link>
        </p>
      </div>
    )
  }
  if (isFailed) return <p class="notice bad">{say(NOT_LOADED)}</p>
  if (loaded === null || loaded.pattern !== pattern) return <p class="waiting">{say(LOADING)}</p>
  return <loaded.Page params={found.params!} />
}
