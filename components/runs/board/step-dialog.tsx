'use client'
import { useState } from 'react'
import { useDraft } from '#components/drafts/use-draft.ts'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import type { Json } from '#lib/shared/result.ts'
import { type StepAct, useRunAct } from '../use-run-act.ts'
import { closeOverlay, useDesk } from './desk.ts'
import { ReasonField } from './reason-field.tsx'

export type StepKind = 'start' | 'close' | 'rollBack' | 'undoDeployed'

type Words = {
  act: StepAct
  title: string
  text: string
  confirm: string
  danger: boolean
  needsReason: boolean
}

const WORDS: Record<StepKind, Words> = {
  start: {
    act: 'startDeployment',
    title: 'Start the deployment?',
    text: 'The gate says GO and what it says is written down. Prepare items close, the command steps open. Countersign runs nothing itself.',
    confirm: 'Start deployment',
    danger: false,
    needsReason: false,
  },
  close: {
    act: 'close',
    title: 'Close the run?',
    text: 'The record is complete and can no longer change. It stays in the history.',
    confirm: 'Close the run',
    danger: false,
    needsReason: false,
  },
  rollBack: {
    act: 'rollBack',
    title: 'Roll back?',
    text: 'The rollback steps and items open. The run ends as rolled back when they are done.',
    confirm: 'Roll back',
    danger: true,
    needsReason: true,
  },
  undoDeployed: {
    act: 'undoDeployed',
    title: 'Take back “Deployed”?',
    text: 'The run is deploying again, and its verify items close until it is marked as deployed once more.',
    confirm: 'Take it back',
    danger: false,
    needsReason: true,
  },
}

const asText = (kept: Json): string | null => (typeof kept === 'string' ? kept : null)

/** Asks once before a step of the whole run, and why where the record wants it. */
export default function StepDialog({ kind }: { kind: StepKind }) {
  const desk = useDesk()
  const { act, title, text, confirm, danger, needsReason } = WORDS[kind]
  const draft = useDraft<string>(`run:${desk.runId}:${act}`, '', asText)
  const [missing, setMissing] = useState<string>()
  const { run, pendingAct, error } = useRunAct()

  async function send() {
    const reason = draft.value.trim()
    if (needsReason && reason === '') return setMissing('Say why, in a sentence.')
    setMissing(undefined)
    if (!(await run(act, { reason, deployed: null }))) return
    draft.clear()
    closeOverlay(desk)
  }

  return (
    <ConfirmDialog
      title={title}
      confirmLabel={confirm}
      danger={danger}
      pending={pendingAct !== null}
      error={error}
      onConfirm={() => void send()}
      onClose={() => closeOverlay(desk)}
    >
      <p className="m-0 mb-3 text-soft">{text}</p>
      {needsReason ? <ReasonField value={draft.value} onChange={draft.set} error={missing} /> : null}
    </ConfirmDialog>
  )
}
