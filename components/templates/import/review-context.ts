'use client'
import { createContext, useContext } from 'react'
import type { Edit } from '#lib/templates/edits.ts'
import type { ReviewSuggestion } from '#lib/templates/review-import.ts'

/** What every row of the review may do. The functions never change, so that rows render for their own sake only. */
export type ReviewActs = {
  put: (edits: readonly Edit[]) => void
  undo: (edit: Edit) => void
  decline: (at: number) => void
  offerAgain: (at: number) => void
  accept: (suggestions: readonly ReviewSuggestion[]) => void
  /** Sign-off roles of the team and of the checklist. */
  roles: readonly string[]
}

export const ReviewContext = createContext<ReviewActs | null>(null)

export function useReviewActs(): ReviewActs {
  const acts = useContext(ReviewContext)
  if (acts === null) throw new Error('A review row stands outside of its review.')
  return acts
}
