'use client'
import { useCallback, useEffect, useRef, useState } from 'react'
import type { MatchModel } from '#lib/templates/matching.ts'
import { type ParseClient, startParser } from './parse-client.ts'
import type { ParseAnswer } from './parse-messages.ts'

const PAUSE_MS = 250

export type Parsed = {
  /** Of the text as it was a moment ago; null before the first answer. */
  answer: ParseAnswer | null
  /** True while the answer is behind the text. */
  behind: boolean
  failed: boolean
  /** Reads a text now and finds the items of an earlier version in it; null when that cannot be. */
  match: (text: string, earlier: MatchModel) => Promise<ParseAnswer | null>
}

/** What a text means, read beside the page after a pause; one reading at a time, always of the newest text. */
export function useParsed(text: string): Parsed {
  const client = useRef<ParseClient | null>(null)
  const newest = useRef(text)
  const busy = useRef(false)
  const [answer, setAnswer] = useState<{ of: string; answer: ParseAnswer } | null>(null)
  const [failed, setFailed] = useState(false)

  const read = useCallback(async () => {
    if (busy.current || !client.current) return
    busy.current = true
    try {
      for (let of: string | null = null; of !== newest.current && client.current; ) {
        of = newest.current
        const found = await client.current.ask(of)
        if (client.current) setAnswer({ of, answer: found })
      }
      setFailed(false)
    } catch {
      setFailed(true)
    }
    busy.current = false
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
    const timer = window.setTimeout(read, PAUSE_MS)
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
