'use client'
import { useEffect, useRef, useState } from 'react'
import { paths } from '#lib/shared/paths.ts'
import type { Edit } from '#lib/templates/edits.ts'
import type { ImportReview } from '#lib/templates/review-import.ts'

const PAUSE_MS = 120

type Asked = { source: string; edits: readonly Edit[]; team: string; template: string | null }
export type ImportReviewState = {
  /** The last answer, also while a newer one is on its way. */
  review: ImportReview | null
  /** True while what is shown is older than what was asked. */
  pending: boolean
  failure: string | null
  retry: () => void
}

async function ask({ template, ...asked }: Asked, signal: AbortSignal): Promise<ImportReview | string> {
  try {
    const response = await fetch(paths.api.templateReview(), {
      method: 'POST',
      signal,
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(template === null ? { ...asked, team: undefined } : { ...asked, template }),
    })
    const answer = (await response.json()) as ImportReview | { title?: string }
    if (response.ok && 'items' in answer) return answer
    return ('title' in answer && answer.title) || 'This could not be read. Try again.'
  } catch {
    return 'The server did not answer. Your text is still here; try again.'
  }
}

/** What an import would understand, asked again a moment after each edit; an older answer never covers a newer question. */
export function useImportReview({ asked }: { asked: Asked | null }): ImportReviewState {
  const [answer, setAnswer] = useState<{ review: ImportReview | null; failure: string | null }>({
    review: null,
    failure: null,
  })
  const [pending, setPending] = useState(false)
  const [turn, setTurn] = useState(0)
  const shown = useRef<string | null>(null)
  const source = asked?.source
  const edits = asked?.edits
  const team = asked?.team
  const template = asked?.template ?? null

  useEffect(() => {
    if (source === undefined || edits === undefined || team === undefined) return
    const aborted = new AbortController()
    setPending(true)
    const first = shown.current !== source || turn > 0
    const timer = window.setTimeout(
      async () => {
        const next = await ask({ source, edits, team, template }, aborted.signal)
        if (aborted.signal.aborted) return
        shown.current = source
        setPending(false)
        setAnswer((before) =>
          typeof next === 'string' ? { ...before, failure: next } : { review: next, failure: null },
        )
      },
      first ? 0 : PAUSE_MS,
    )
    return () => {
      window.clearTimeout(timer)
      aborted.abort()
    }
  }, [source, edits, team, template, turn])

  const isOfThis = shown.current === source
  return {
    review: asked !== null && isOfThis ? answer.review : null,
    pending,
    failure: answer.failure,
    retry: () => setTurn((before) => before + 1),
  }
}
