'use client'
import { useEffect, useRef, useState } from 'react'
import type { Tried } from '#lib/templates/tried.ts'
import { requestTry, type TryAsk } from './try-request.ts'

/** `of`: the probe that was tried, as it was written then. */
export type TryState = {
  tried: { of: string; answer: Tried } | null
  failure: string | null
  pending: boolean
}

const IDLE: TryState = { tried: null, failure: null, pending: false }

/** One look at a time; cancelling it or leaving ends it on the server too. */
export function useTry() {
  const [state, setState] = useState(IDLE)
  const under = useRef<AbortController | null>(null)
  useEffect(() => () => under.current?.abort(), [])

  async function start(ask: TryAsk) {
    under.current?.abort()
    const mine = new AbortController()
    under.current = mine
    setState({ ...IDLE, pending: true })
    const answer = await requestTry(ask, mine.signal)
    if (under.current !== mine || answer === null) return
    under.current = null
    setState(
      typeof answer === 'string'
        ? { ...IDLE, failure: answer }
        : { ...IDLE, tried: { of: ask.probe, answer } },
    )
  }
  function cancel() {
    under.current?.abort()
    under.current = null
    setState(IDLE)
  }
  return { ...state, start, cancel }
}
