import type { ComponentChildren } from 'preact'
import type { AnswerFailedError } from '../answers/request.ts'
import type { Answer } from '../answers/use-answer.ts'
import { useSay } from '../language/language.ts'

const LOADING = { zh: '正在读取……', en: 'Reading …' }
const NO_RIGHT = {
  zh: '您的密钥没有查看此处的权限。需要时请管理员加上。',
  en: 'Your key does not carry the right to see this. Ask your administrator for it.',
}
const GONE = {
  zh: '服务没有应答。恢复后自动显示。',
  en: 'The server does not answer. This appears as soon as it does.',
}
const NOT_FOUND = { zh: '没有找到。', en: 'Not found.' }
const FAILED = { zh: '没有取得：', en: 'Not answered: ' }

interface AnsweredProps<Value> {
  answer: Answer<Value>
  children: (value: Value) => ComponentChildren
}

/** Draws an answer, or says why there is none. The last answer stays in sight while the server is gone. */
export function Answered<Value>({ answer: { value, failure }, children }: AnsweredProps<Value>) {
  const say = useSay()
  if (value !== null) return <>{children(value)}</>
  if (failure !== null) return <Failure failure={failure} />
  return <p class="waiting">{say(LOADING)}</p>
}

/** Why there is no answer, in words. */
export function Failure({ failure }: { failure: AnswerFailedError }) {
  const say = useSay()
  const { status, code, message } = failure
  if (status === 403) return <p class="notice unsure">{say(NO_RIGHT)}</p>
  if (status === 0 || status === 503) return <p class="notice bad">{say(GONE)}</p>
  return (
    <div class="notice bad" role="alert">
      <p>{status === 404 ? say(NOT_FOUND) : say(FAILED)}</p>
      <p class="quiet">
        {message} <code>{code}</code>
      </p>
    </div>
  )
}
