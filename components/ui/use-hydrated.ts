'use client'
import { useSyncExternalStore } from 'react'

const never = () => () => undefined

/** False until the page's script runs: a form that needs it keeps its button disabled so long, so that no press is lost. */
export function useHydrated(): boolean {
  return useSyncExternalStore(
    never,
    () => true,
    () => false,
  )
}
