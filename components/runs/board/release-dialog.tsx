'use client'
import { type FormEvent, useId, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Dialog } from '#components/ui/dialog.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useCommand } from '#components/use-command.ts'
import { correctReleaseAction } from '#lib/runs/actions.ts'
import { useBoard } from '../use-board.ts'
import { closeOverlay, useDesk } from './desk.ts'
import { ReasonField } from './reason-field.tsx'

const LABELS = { version: 'Version', commit: 'Commit', artifactDigest: 'Artifact digest', reason: 'Why' }

/** Another version, commit or digest: every signature goes stale, and what machines saw of the old one is void. */
export default function ReleaseDialog() {
  const desk = useDesk()
  const form = useId()
  const { version, commit, artifactDigest } = useBoard((board) => board.run)
  const [next, setNext] = useState({ version, commit, artifactDigest: artifactDigest ?? '', reason: '' })
  const { send, pending, refusal } = useCommand(correctReleaseAction, 'Correct the release')
  const field = (name: 'version' | 'commit' | 'artifactDigest') => ({
    name,
    label: LABELS[name],
    value: next[name],
    error: refusal?.fields?.[name],
    onChange: (event: { target: { value: string } }) => setNext({ ...next, [name]: event.target.value }),
  })

  async function submit(event: FormEvent) {
    event.preventDefault()
    const answer = await send({ ...desk.address, ...next, artifactDigest: next.artifactDigest || null })
    if (!answer?.ok) return
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
        <TextField {...field('version')} />
        <TextField {...field('commit')} mono />
        <TextField {...field('artifactDigest')} mono optional hint="sha256: and 64 hexadecimal digits" />
        <ReasonField
          value={next.reason}
          error={refusal?.fields?.reason}
          onChange={(reason) => setNext({ ...next, reason })}
        />
      </form>
    </Dialog>
  )
}
