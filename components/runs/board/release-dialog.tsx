'use client'
import { useQuery } from '@tanstack/react-query'
import { type FormEvent, useId } from 'react'
import { draftFields } from '#components/drafts/draft-fields.ts'
import { useDraft } from '#components/drafts/use-draft.ts'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useCommand } from '#components/use-command.ts'
import { correctReleaseAction } from '#lib/runs/actions.ts'
import { runPeopleQuery } from '#lib/runs/queries.ts'
import { authorOf, type TypedAuthor, typedAuthor } from '#lib/runs/typed-author.ts'
import type { Json } from '#lib/shared/result.ts'
import { AuthorFields } from '../author-fields.tsx'
import { useBoard } from '../use-board.ts'
import { closeOverlay, useDesk } from './desk.ts'
import { ReasonField } from './reason-field.tsx'

const LABELS = {
  version: 'Version',
  commit: 'Commit',
  artifactDigest: 'Artifact digest',
  author: 'Commit author',
  'author.name': 'Author’s name or e-mail',
  reason: 'Why',
}

type Typed = TypedAuthor & { version: string; commit: string; artifactDigest: string; reason: string }

function asTyped(kept: Json): Typed | null {
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return null
  const { version, commit, artifactDigest, author, authorName, reason } = kept
  const given = { version, commit, artifactDigest, author, authorName, reason }
  return Object.values(given).every((text) => typeof text === 'string') ? (given as Typed) : null
}

/** Another version, commit or digest: every signature goes stale, and what machines saw of the old one is void. Another author alone touches only what that author may not have signed. */
export default function ReleaseDialog() {
  const desk = useDesk()
  const form = useId()
  const { version, commit, artifactDigest, author } = useBoard((board) => board.run)
  const people = useQuery(runPeopleQuery(desk.runId)).data
  const given: Typed = {
    version,
    commit,
    artifactDigest: artifactDigest ?? '',
    ...typedAuthor(author),
    reason: '',
  }
  const draft = useDraft<Typed>(`run:${desk.runId}:release`, given, asTyped)
  const next = draft.value
  const { send, pending, refusal } = useCommand(correctReleaseAction, 'Correct the release')
  const field = draftFields({ draft, labels: LABELS, refusal })

  async function submit(event: FormEvent) {
    event.preventDefault()
    const { author: chosen, authorName, ...typed } = next
    const answer = await send({
      ...desk.address,
      ...typed,
      artifactDigest: next.artifactDigest || null,
      author: authorOf({ author: chosen, authorName }),
    })
    if (!answer?.ok) return
    draft.clear()
    const same = (['version', 'commit', 'artifactDigest'] as const).every(
      (name) => next[name] === given[name],
    )
    announce(same ? 'Commit author corrected' : 'Release corrected: every signature is stale now')
    closeOverlay(desk)
  }

  return (
    <Dialog
      title="Correct the release"
      description="Another version, commit or digest makes all signatures stale, and what probes saw of the old release no longer counts. Another author alone makes stale only what they may not have signed."
      size="md"
      onClose={() => closeOverlay(desk)}
      footer={
        <>
          <Button onClick={() => closeOverlay(desk)}>Cancel</Button>
          <Button type="submit" form={form} variant="primary" pending={pending}>
            Correct release
          </Button>
        </>
      }
    >
      <form id={form} onSubmit={submit} className="grid gap-3">
        <FormErrors refusal={refusal} labels={LABELS} />
        {draft.restored ? <p className="m-0 text-sm text-soft">What you typed before is back.</p> : null}
        <TextField {...field('version')} />
        <TextField {...field('commit')} mono />
        <TextField {...field('artifactDigest')} mono optional hint="sha256: and 64 hexadecimal digits" />
        <AuthorFields
          value={next}
          people={people}
          fields={refusal?.fields ?? {}}
          onChange={({ author: chosen, authorName }) => draft.set({ ...next, author: chosen, authorName })}
        />
        <ReasonField
          value={next.reason}
          error={refusal?.fields?.reason}
          onChange={(reason) => draft.set({ ...next, reason })}
        />
      </form>
    </Dialog>
  )
}
