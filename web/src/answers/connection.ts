import { createStore } from './store.ts'

/** `gone`: the API does not answer. `store-gone`: it does, and says that its store does not (503). */
export type Connection = 'there' | 'gone' | 'store-gone'

export const connection = createStore<Connection>('there')
