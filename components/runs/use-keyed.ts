'use client'
import { useCallback, useSyncExternalStore } from 'react'
import type { KeyedStore } from './keyed-store.ts'

export function useKeyed<T>(store: KeyedStore<T>, key: string): T | undefined {
  const subscribe = useCallback((listener: () => void) => store.subscribe(key, listener), [store, key])
  const read = useCallback(() => store.get(key), [store, key])
  return useSyncExternalStore(subscribe, read, () => undefined)
}
