/** One value a key; whoever watches a key hears of that key alone, so that one item's change renders one row. */
export type KeyedStore<T> = {
  get: (key: string) => T | undefined
  set: (key: string, value: T | undefined) => void
  subscribe: (key: string, listener: () => void) => () => void
}

export function keyedStore<T>(): KeyedStore<T> {
  const values = new Map<string, T>()
  const listeners = new Map<string, Set<() => void>>()
  return {
    get: (key) => values.get(key),
    set: (key, value) => {
      if (value === undefined) values.delete(key)
      else values.set(key, value)
      for (const listener of listeners.get(key) ?? []) listener()
    },
    subscribe: (key, listener) => {
      const set = listeners.get(key) ?? new Set()
      listeners.set(key, set.add(listener))
      return () => {
        set.delete(listener)
        if (set.size === 0) listeners.delete(key)
      }
    },
  }
}
