import { useState } from 'preact/hooks'
import { request } from '../answers/request.ts'
import { useSay } from '../language/language.ts'

const FAILED = { zh: '没有取得：', en: 'Not answered: ' }
const PRINT = { zh: '打印', en: 'Print' }
/** By which Chinese Excel knows that a CSV is UTF-8; programs that ask the API do not want it. */
const BYTE_ORDER_MARK = '\uFEFF'

interface DownloadProps {
  path: string
  form: 'text/csv' | 'application/json'
  /** With its ending. */
  fileName: string
  label: string
}

/** Saves an answer of the API in another of its forms; JSON byte by byte, CSV so that Excel opens it right. */
export function Download({ path, form, fileName, label }: DownloadProps) {
  const say = useSay()
  const [fault, setFault] = useState<string | null>(null)
  const save = async () => {
    setFault(null)
    try {
      const bytes = await (await request(path, {}, form)).arrayBuffer()
      saveFile(new Blob(form === 'text/csv' ? [BYTE_ORDER_MARK, bytes] : [bytes], { type: form }), fileName)
    } catch (error) {
      setFault(say(FAILED) + (error as Error).message)
    }
  }
  return (
    <span class="no-print">
      <button type="button" onClick={() => void save()}>
        {label}
      </button>
      <span role="alert" class="bad">
        {fault}
      </span>
    </span>
  )
}

export function PrintButton() {
  const say = useSay()
  return (
    <button type="button" class="no-print" onClick={() => print()}>
      {say(PRINT)}
    </button>
  )
}

/** Saves a table as CSV, heading and all. */
export function saveCsv(text: string, fileName: string): void {
  saveFile(new Blob([BYTE_ORDER_MARK, text], { type: 'text/csv' }), fileName)
}

function saveFile(content: Blob, name: string): void {
  const url = URL.createObjectURL(content)
  const link = document.createElement('a')
  link.href = url
  link.download = name
  link.click()
  URL.revokeObjectURL(url)
}
