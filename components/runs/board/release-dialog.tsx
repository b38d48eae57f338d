'use client'
import { type FormEvent, useId } from 'react'
import { useDraft } from '#components/drafts/use-draft.ts'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useCommand } from '#components/use-command.ts'
import { correctReleaseAction } from '#lib/runs/actions.ts'
import type { Json } from '#lib/shared/result.ts'
import { useBoard } from '../use-board.ts'
import { closeOverlay, useDesk } from './desk.ts'
import { ReasonField } from './reason-field.tsx'

const LABELS = { version: 'Version', commit: 'Commit', artifactDigest: 'Artifact digest', reason: 'Why' }

type Typed = { version: string; commit: string; artifactDigest: string; reason: string }

function asTyped(kept: Json): Typed | null {
  if (typeof kept !== 'object' || kept === null || Array.isArray(kept)) return null
  const { version, commit, artifactDigest, reason } = kept
  const given = { version, commit, artifactDigest, reason }
  return Object.values(given).every((text) => typeof text === 'string') ? (given as Typed) : null
}

/** Another version, commit or digest: every signature goes stale, and what machines saw of the old one is void. */
export default function ReleaseDialog() {
  const desk = useDesk()
  const form = useId()
  const { version, commit, artifactDigest } = useBoard((board) => board.run)
  const given: Typed = { version, commit, artifactDigest: artifactDigest ?? '', reason: '' }
  const draft = useDraft<Typed>(`run:${desk.runId}:release`, given, asTyped)
  const next = draft.value
  const { send, pending, refusal } = useCommand(correctReleaseAction, 'Correct the release')
  const field = (name: 'version' | 'commit' | 'artifactDigest') => ({
    name,
    label: LABELS[name],
    value: next[name],
    error: refusal?.fields?.[name],
    onChange: (event: { target: { value: string } }) => draft.set({ ...next, [name]: event.target.value }),
  })

  async function submit(event: FormEvent) {
    event.preventDefault()
    const answer = await send({ ...desk.address, ...next, artifactDigest: next.artifactDigest || null })
    if (!answer?.ok) return
    draft.clear()
    announce('Release corrected: every signature is stale now')
    closeOverlay(desk)
  }

  return (
    <Dialog
      title="Correct the release"
      description="All signatures become stale, and what probes saw of the old release no longer counts."
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
        <ReasonField
          value={next.reason}
          error={refusal?.fields?.reason}
          onChange={(reason) => draft.set({ ...next, reason })}
        />
      </form>
    </Dialog>
  )
}
