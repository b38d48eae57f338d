'use client'
import { startTransition, useCallback, useEffect, useRef, useState } from 'react'
import type { MatchModel } from '#lib/templates/matching.ts'
import { type ParseClient, startParser } from './parse-client.ts'
import type { ParseAnswer } from './parse-messages.ts'

const PAUSE_MS = 250
const LONGEST_PAUSE_MS = 3_000

export type Parsed = {
  /** Of the text as it was a moment ago; null before the first answer. */
  answer: ParseAnswer | null
  /** True while the answer is behind the text. */
  behind: boolean
  failed: boolean
  /** Reads a text now and finds the items of an earlier version in it; null when that cannot be. */
  match: (text: string, earlier: MatchModel) => Promise<ParseAnswer | null>
}

/**
 * What a text means, read beside the page after a pause. One reading at a time, and the longer one takes the longer the
 * next one waits: a text of a megabyte must not keep a core busy while it is typed.
 */
export function useParsed(text: string): Parsed {
  const client = useRef<ParseClient | null>(null)
  const newest = useRef(text)
  const pause = useRef(0)
  const busy = useRef(false)
  const [answer, setAnswer] = useState<{ of: string; answer: ParseAnswer } | null>(null)
  const [failed, setFailed] = useState(false)
  const read = useCallback(async () => {
    const asked = client.current
    if (busy.current || !asked) return
    busy.current = true
    const [of, start] = [newest.current, performance.now()]
    try {
      const found = await asked.ask(of)
      pause.current = Math.min(performance.now() - start, LONGEST_PAUSE_MS)
      // Drawing the board gives way to keys.
      if (client.current === asked) startTransition(() => setAnswer({ of, answer: found }))
      setFailed(false)
    } catch {
      setFailed(true)
    }
    busy.current = false
    if (newest.current !== of) window.setTimeout(read, PAUSE_MS + pause.current)
  }, [])

  useEffect(() => {
    client.current = startParser()
    void read()
    return () => {
      client.current?.close()
      client.current = null
      busy.current = false
    }
  }, [read])

  useEffect(() => {
    newest.current = text
    const timer = window.setTimeout(read, PAUSE_MS + pause.current)
    return () => window.clearTimeout(timer)
  }, [text, read])

  const match = useCallback(async (of: string, earlier: MatchModel) => {
    try {
      return (await client.current?.ask(of, earlier)) ?? null
    } catch {
      setFailed(true)
      return null
    }
  }, [])

  return { answer: answer?.answer ?? null, behind: answer?.of !== text, failed, match }
}
