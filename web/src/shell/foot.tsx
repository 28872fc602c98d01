import { profileStore } from '../answers/profile.ts'
import { useStore } from '../answers/store.ts'
import { useLanguage } from '../language/language.ts'

/** By what rules the figures above were made. */
export function Foot() {
  const language = useLanguage()
  const profile = useStore(profileStore)
  if (profile === null) return null
  const said = {
    zh: [
      `时间均为 ${profile.timeZone}`,
      `方案 ${profile.id}，版本 ${profile.version}，定义 ${profile.definitions}`,
      '比率之差以个百分点计',
    ],
    en: [
      `All times are ${profile.timeZone}`,
      `Profile ${profile.id}, version ${profile.version}, definitions ${profile.definitions}`,
      'Differences between rates are in percentage points',
    ],
  }[language]
  return (
    <footer class="foot">
      {said.map((words) => (
        <span key={words}>{words}</span>
      ))}
      <a href="/docs">API</a>
    </footer>
  )
}
