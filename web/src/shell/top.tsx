import { useAddress } from '../address/address.ts'
import { Link } from '../address/link.tsx'
import { matched } from '../address/matched.ts'
import { signOut } from '../answers/open-session.ts'
import { profileStore } from '../answers/profile.ts'
import { session } from '../answers/session.ts'
import { useStore } from '../answers/store.ts'
import { chooseTheme, theme } from '../design/theme.ts'
import { chooseLanguage, useLanguage, useSay } from '../language/language.ts'
import { PAGES } from '../pages.ts'
import { FreshnessMark } from './freshness-mark.tsx'

const PAGES_WORD = { zh: '页面', en: 'Pages' }
const TO_DARK = { zh: '换成深色', en: 'Switch to dark' }
const TO_LIGHT = { zh: '换成浅色', en: 'Switch to light' }
const SIGN_OUT = { zh: '退出', en: 'Sign out' }

export function Top() {
  const language = useLanguage()
  const profile = useStore(profileStore)
  return (
    <header class="top">
      <div class="top-row">
        <Link to="/" class="brand">
          <img src="/icon.svg" alt="" />
          <span>
            Steadyline <small>{profile?.name[language] ?? ''}</small>
          </span>
        </Link>
        <Tabs />
        <Tools />
      </div>
    </header>
  )
}

function Tabs() {
  const say = useSay()
  const { path } = useAddress()
  const current = PAGES.find(({ pattern }) => matched(pattern, path) !== null)
  return (
    <nav class="tabs" aria-label={say(PAGES_WORD)}>
      {PAGES.filter(({ inside }) => inside === undefined).map(({ pattern, title }) => {
        const isCurrent = pattern === (current?.inside ?? current?.pattern)
        return (
          <Link key={pattern} to={pattern} aria-current={isCurrent ? 'page' : undefined}>
            {say(title)}
          </Link>
        )
      })}
    </nav>
  )
}

function Tools() {
  const say = useSay()
  const language = useLanguage()
  const shade = useStore(theme)
  const who = useStore(session)
  const themeWords = say(shade === 'dark' ? TO_LIGHT : TO_DARK)
  return (
    <div class="tools">
      <FreshnessMark />
      <button
        type="button"
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => chooseLanguage(language === 'zh' ? 'en' : 'zh')}
      >
        {language === 'zh' ? 'English' : '中文'}
      </button>
      <button
        type="button"
        aria-label={themeWords}
        title={themeWords}
        onClick={() => chooseTheme(shade === 'dark' ? 'light' : 'dark')}
      >
        <span aria-hidden="true">{shade === 'dark' ? '☀' : '☾'}</span>
      </button>
      {who.state === 'signed-in' ? (
        <button type="button" title={who.name} onClick={() => void signOut()}>
          {say(SIGN_OUT)}
        </button>
      ) : null}
    </div>
  )
}
