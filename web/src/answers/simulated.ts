import { useEffect } from 'preact/hooks'
import { createStore } from './store.ts'

/** How many of the answers on the page were made of generated records. */
export const simulatedAnswers = createStore(0)

/** As the API heads its pages to print. */
const HEADING = '模拟数据'

/** Counts an answer while it is shown, if it says of itself that it is simulated. */
export function useSimulatedNote(answer: unknown): void {
  const isNoted = isSimulated(answer)
  useEffect(() => {
    if (!isNoted) return
    simulatedAnswers.set(simulatedAnswers.get() + 1)
    return () => simulatedAnswers.set(simulatedAnswers.get() - 1)
  }, [isNoted])
}

/** A page says it in its heading, a list in its entries, every other answer in `simulated`. */
function isSimulated(answer: unknown): boolean {
  if (typeof answer === 'string') return answer.includes(HEADING)
  if (typeof answer !== 'object' || answer === null) return false
  if ('statements' in answer && Array.isArray(answer.statements)) return answer.statements.some(isSimulated)
  return 'simulated' in answer && answer.simulated === true
}
