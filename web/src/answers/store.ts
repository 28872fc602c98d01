/** A value that several parts of the page look at, and that tells them when it changes. */
import { useEffect, useState } from 'preact/hooks'

export interface Store<Value> {
  get(): Value
  set(value: Value): void
  /** @returns ends the watching */
  watch(told: () => void): () => void
}

export function createStore<Value>(first: Value): Store<Value> {
  let value = first
  const watchers = new Set<() => void>()
  return {
    get: () => value,
    set(next) {
      if (Object.is(next, value)) return
      value = next
      for (const told of [...watchers]) told()
    },
    watch(told) {
      watchers.add(told)
      return () => watchers.delete(told)
    },
  }
}

export function useStore<Value>(store: Store<Value>): Value {
  const [value, setValue] = useState(store.get())
  useEffect(() => {
    const told = () => setValue(() => store.get())
    told() // it may have changed between drawing and watching
    return store.watch(told)
  }, [store])
  return value
}
