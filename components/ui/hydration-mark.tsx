'use client'
import { useHydrated } from './use-hydrated.ts'

/**
 * In the page until its script runs, then gone: whoever drives the page knows by it that keys and presses are heard. The root layout
 * has one; what stands behind a `loading.tsx` is hydrated by itself, later, and needs one of its own.
 */
export function HydrationMark() {
  return useHydrated() ? null : <span hidden data-hydrating />
}
