'use client'
import { useEffect } from 'react'

/**
 * Leaves a mark on the browser's performance timeline for every rendering of an item, so that anyone can count with a
 * PerformanceObserver what one tick costs. Cleared at once: observers have it by then, and the timeline does not grow.
 */
export function useRenderMark(itemKey: string): void {
  useEffect(() => {
    performance.mark('item-render', { detail: itemKey })
    performance.clearMarks('item-render')
  })
}
