'use client'
import { useMemo, useRef, useState } from 'react'
import { useDraft } from '#components/drafts/use-draft.ts'
import type { Json } from '#lib/shared/result.ts'
import type { Edit } from '#lib/templates/edits.ts'
import type { IdentityAnswer, IdentityAnswers } from '#lib/templates/identity-answers.ts'
import { editId, isIdle, withEdits, withoutEdit } from './edit-list.ts'
import type { ReviewActs } from './review-context.ts'
import { useImportReview } from './use-import-review.ts'

export type Typed = {
  name: string
  source: string
  note: string
  step: 'bring' | 'review'
  edits: Edit[]
  /** Lines whose suggested probe was not taken. */
  declined: number[]
  answers: Record<string, IdentityAnswer>
}

const FRESH = { note: '', step: 'bring', edits: [], declined: [], answers: {} } as const

/** A draft of an older shape keeps its text. */
function parseTyped(kept: Json): Typed | null {
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return null
  const { name, source, note } = kept
  if (typeof name !== 'string' || typeof source !== 'string') return null
  const whole = 'edits' in kept && 'step' in kept && 'answers' in kept && 'declined' in kept
  if (whole) return kept as unknown as Typed
  return {
    ...FRESH,
    edits: [],
    declined: [],
    answers: {},
    name,
    source,
    note: typeof note === 'string' ? note : '',
  }
}

/** A title is only a suggestion for the name. */
export const titleOf = (source: string): string =>
  /^#\s+(.+?)\s*#*$/m
    .exec(source)?.[1]
    ?.replace(/[*_`]+|<!--.*?-->/g, '')
    .trim()
    .slice(0, 120) ?? ''

/** Everything that an import's form holds: the text, what its reader changed, and what is understood of both. */
export function useImport({
  draftKey,
  start,
  team,
  template,
  roles,
}: {
  draftKey: string
  start: { name: string; source: string; step: Typed['step'] }
  team: string
  template: string | null
  roles: readonly string[]
}) {
  const initial = useMemo<Typed>(
    () => ({ ...FRESH, edits: [], declined: [], answers: {}, ...start }),
    [start],
  )
  const draft = useDraft<Typed>(draftKey, initial, parseTyped)
  const { value, set } = draft
  const [showsHidden, setShowsHidden] = useState(false)
  const inReview = value.step === 'review'
  const { source, edits } = value
  const asked = useMemo(
    () => (inReview ? { source, edits, team, template } : null),
    [inReview, source, edits, team, template],
  )
  const state = useImportReview({ asked })
  const { review } = state
  const held = useRef({ value, review, set })
  held.current = { value, review, set }

  const change = useMemo(
    () => (more: Partial<Typed>) => {
      const next = { ...held.current.value, ...more }
      held.current.value = next
      held.current.set(next)
    },
    [],
  )
  // By value: an answer that names the same roles must not render every row anew.
  const roleNames = JSON.stringify([...new Set([...(review?.roles.map(({ role }) => role) ?? []), ...roles])])
  const acts = useMemo<ReviewActs>(() => {
    const put = (more: readonly Edit[]) => {
      const { value: now, review: seen } = held.current
      const all = withEdits(now.edits, more)
      const asked = new Set(more.map(editId))
      const idle = all.filter((edit) => asked.has(editId(edit)) && seen !== null && isIdle(edit, seen))
      change({ edits: idle.reduce<Edit[]>((list, edit) => withoutEdit(list, edit), all) })
    }
    return {
      put,
      undo: (edit) => change({ edits: withoutEdit(held.current.value.edits, edit) }),
      decline: (at) => change({ declined: [...held.current.value.declined, at] }),
      offerAgain: (at) => change({ declined: held.current.value.declined.filter((one) => one !== at) }),
      accept: (suggestions) =>
        put(suggestions.map(({ at, probe }) => ({ kind: 'item', line: at, set: { probe } }))),
      roles: JSON.parse(roleNames) as string[],
    }
  }, [change, roleNames])
  const suggested = review?.suggestions
  const suggestions = useMemo(
    () => suggested?.filter(({ offered }) => offered || showsHidden) ?? [],
    [suggested, showsHidden],
  )

  return {
    draft,
    value,
    change,
    acts,
    state,
    review,
    /** The text as it would be published. */
    text: review?.source ?? source,
    suggestions,
    hidden: showsHidden ? 0 : (review?.suggestions.filter(({ offered }) => !offered).length ?? 0),
    showHidden: () => setShowsHidden(true),
    toReview: () => change({ step: 'review', name: value.name || titleOf(value.source) }),
    /** Back to the text, which by then says what was chosen; without an answer the choices are kept beside it. */
    toText: () =>
      change(
        review?.source && !state.pending && state.failure === null
          ? { step: 'bring', source: review.source, edits: [], declined: [], answers: {} }
          : { step: 'bring' },
      ),
    setAnswers: (answers: IdentityAnswers) => change({ answers: { ...answers } }),
  }
}

export type Import = ReturnType<typeof useImport>
