'use client'
import { useState } from 'react'
import { useDraft } from '#components/drafts/use-draft.ts'
import { ConfirmDialog } from '#components/ui/confirm-dialog.tsx'
import { RadioGroup } from '#components/ui/radio-group.tsx'
import type { Json } from '#lib/shared/result.ts'
import { useBoard } from '../use-board.ts'
import { useRunAct } from '../use-run-act.ts'
import { closeOverlay, useDesk } from './desk.ts'
import { ReasonField } from './reason-field.tsx'

const asText = (kept: Json): string | null => (typeof kept === 'string' ? kept : null)

/** Ends the run. After Start it asks whether anything reached the environment: the record must say so. */
export default function AbortDialog() {
  const desk = useDesk()
  const started = useBoard((board) => board.run.startedAt !== null)
  const draft = useDraft<string>(`run:${desk.runId}:abort`, '', asText)
  const [deployed, setDeployed] = useState<'yes' | 'no' | null>(null)
  const [missing, setMissing] = useState<{ reason?: string; deployed?: string }>({})
  const { run, pendingAct, error } = useRunAct()

  async function send() {
    const reason = draft.value.trim()
    const found = {
      ...(started && deployed === null ? { deployed: 'Choose one: the record must say it.' } : {}),
      ...(reason === '' ? { reason: 'Say why, in a sentence.' } : {}),
    }
    setMissing(found)
    if (Object.keys(found).length > 0) return
    if (!(await run('abort', { reason, deployed: started ? deployed === 'yes' : null }))) return
    draft.clear()
    closeOverlay(desk)
  }

  return (
    <ConfirmDialog
      title="Abort this run?"
      confirmLabel="Abort the run"
      danger
      pending={pendingAct !== null}
      error={error}
      onConfirm={() => void send()}
      onClose={() => closeOverlay(desk)}
    >
      <div className="grid gap-3">
        <p className="m-0 text-soft">
          Nothing of it is deleted and nothing of it can go on. For another try, open a new run.
        </p>
        {started ? (
          <RadioGroup
            name="deployed"
            legend="Was anything deployed?"
            error={missing.deployed}
            value={deployed ?? ''}
            options={[
              { value: 'yes', label: 'Yes, something reached the environment' },
              { value: 'no', label: 'No, the environment is as it was' },
            ]}
            onChange={(value) => setDeployed(value === 'yes' ? 'yes' : 'no')}
          />
        ) : null}
        <ReasonField value={draft.value} onChange={draft.set} error={missing.reason} />
      </div>
    </ConfirmDialog>
  )
}
