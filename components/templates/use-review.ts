'use client'
import { useCallback, useState } from 'react'
import type { Review, ReviewAnswer } from '#lib/templates/review.ts'

export type ReviewState =
  | { kind: 'none' | 'pending' }
  | { kind: 'failed'; message: string }
  | {
      kind: 'problems'
      source: string
      message: string
      problems: { line: number; column: number; message: string; fix: string | null }[]
    }
  | { kind: 'ready'; source: string; review: Review }

async function ask(source: string): Promise<ReviewState> {
  try {
    const response = await fetch('/api/templates/review', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ source }),
    })
    const answer = (await response.json()) as ReviewAnswer | { title?: string }
    if (!response.ok || !('ok' in answer)) {
      return {
        kind: 'failed',
        message: ('title' in answer && answer.title) || 'This could not be read. Try again.',
      }
    }
    return answer.ok
      ? { kind: 'ready', source, review: answer.review }
      : { kind: 'problems', source, message: answer.message, problems: answer.problems }
  } catch {
    return { kind: 'failed', message: 'The server did not answer. Your text is still here; try again.' }
  }
}

/** What an import of the text would understand, asked for when the person wants to see it. */
export function useReview() {
  const [state, setState] = useState<ReviewState>({ kind: 'none' })
  const review = useCallback(async (source: string) => {
    setState({ kind: 'pending' })
    setState(await ask(source))
  }, [])
  return { state, review }
}
