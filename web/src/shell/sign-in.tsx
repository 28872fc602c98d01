import { useState } from 'preact/hooks'
import { signIn } from '../answers/open-session.ts'
import { AnswerFailedError } from '../answers/request.ts'
import { useSay } from '../language/language.ts'

const TITLE = { zh: '登录', en: 'Sign in' }
const WHY = {
  zh: '此服务只回答持有密钥的人。密钥由管理员发放；它只用来换取本浏览器的会话，不会保存在页面里。',
  en: 'This service answers only those who hold a key. Your administrator issues it; it is exchanged for a session of this browser and not kept in the page.',
}
const KEY = { zh: '密钥', en: 'Key' }
const WRONG = { zh: '密钥不对，或已停用。', en: 'The key is not right, or is no longer valid.' }
const FAILED = { zh: '没有登录成功：', en: 'Not signed in: ' }

export function SignIn() {
  const say = useSay()
  const [fault, setFault] = useState<string | null>(null)
  const [isSending, setIsSending] = useState(false)
  const send = async (event: SubmitEvent) => {
    event.preventDefault()
    const key = new FormData(event.currentTarget as HTMLFormElement).get('key')
    setIsSending(true)
    setFault(null)
    try {
      await signIn(String(key).trim())
    } catch (error) {
      const isKnown = error instanceof AnswerFailedError && (error.status === 401 || error.status === 403)
      setFault(isKnown ? say(WRONG) : say(FAILED) + (error as Error).message)
    } finally {
      setIsSending(false)
    }
  }
  return (
    <form class="panel centre" onSubmit={(event) => void send(event)}>
      <h1>{say(TITLE)}</h1>
      <p class="quiet">{say(WHY)}</p>
      <label class="field">
        {say(KEY)}
        <input type="password" name="key" autocomplete="current-password" required style={{ flex: 1 }} />
      </label>
      <p role="alert" class="bad">
        {fault}
      </p>
      <button type="submit" class="main" disabled={isSending} style={{ justifySelf: 'start' }}>
        {say(TITLE)}
      </button>
    </form>
  )
}
