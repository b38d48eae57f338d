'use client'

import { useRouter } from 'next/navigation'
import { type FormEvent, useRef, useState, useTransition } from 'react'
import { useDraft } from '#components/drafts/use-draft.ts'
import { Button } from '#components/ui/button.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { RadioGroup } from '#components/ui/radio-group.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useHydrated } from '#components/ui/use-hydrated.ts'
import { meaningOf } from '#lib/runs/manifest.ts'
import type { Obstacle } from '#lib/runs/signability.ts'
import { DECISIONS, type Decision } from '#lib/shared/codes.ts'
import { digestWords } from '#lib/shared/digest-words.ts'
import type { Json, Refusal } from '#lib/shared/result.ts'
import { ChangedWhileReading } from './changed-while-reading.tsx'
import { type Receipt, SignReceipt } from './receipt.tsx'
import { sendSign } from './send-sign.ts'

type Props = {
  runId: string
  role: string
  name: string
  text: string
  hash: string
  mark: string
  /** Why each decision is not possible now; empty means it is. */
  obstacles: Readonly<Record<Decision, readonly Obstacle[]>>
  runHref: string
}

const LABELS: Record<Decision, string> = {
  go: 'Go',
  conditional_go: 'Go with conditions',
  no_go: 'No-go',
  recuse: 'Recuse',
}
const HINTS: Record<Decision, string> = {
  go: 'This release may be deployed.',
  conditional_go: 'It may be deployed under the conditions you write.',
  no_go: 'It must not be deployed, for the reason you write.',
  recuse: 'Another holder of the role decides.',
}
const asText = (kept: Json): string | null => (typeof kept === 'string' ? kept : null)

/** A draft's key allows letters, digits and a few marks; a role may hold more. */
function draftKey({ runId, role }: { runId: string; role: string }): string {
  return `run:${runId}:sign:${role.replace(/[^\w.@-]/g, '_')}`.slice(0, 200)
}

/** The act of signing: a decision, a reason where one is due, the password, and the receipt. What was typed is kept on every refusal, the reason also as a draft; the password never. */
export function SignForm({ runId, role, name, text, hash, mark, obstacles, runHref }: Props) {
  const router = useRouter()
  const hydrated = useHydrated()
  const [decision, setDecision] = useState<Decision>(
    DECISIONS.find((one) => one !== 'conditional_go' && obstacles[one].length === 0) ?? 'no_go',
  )
  const draft = useDraft<string>(draftKey({ runId, role }), '', asText)
  const reason = draft.value
  const [password, setPassword] = useState('')
  const [refusal, setRefusal] = useState<Refusal | null>(null)
  const [receipt, setReceipt] = useState<Receipt | null>(null)
  const [pending, start] = useTransition()
  // One key an attempt at one text: sending it again after a lost answer signs once.
  const key = useRef(crypto.randomUUID())
  const asksReason = decision !== 'go'

  function submit(event: FormEvent): void {
    event.preventDefault()
    start(async () => {
      const given = asksReason && reason.trim() ? reason : null
      const input = { role, decision, reason: given, manifest: text, mark, password }
      const result = await sendSign({ runId, key: key.current, input })
      if (result.ok || result.refusal.code !== 'network') key.current = crypto.randomUUID()
      if (!result.ok) return setRefusal(result.refusal)
      setPassword('')
      draft.clear()
      setReceipt({ ...result.value.value, name, seq: result.value.seq })
    })
  }

  function readAgain(): void {
    setRefusal(null)
    router.refresh()
  }

  if (receipt) return <SignReceipt receipt={receipt} runHref={runHref} />
  const changed = refusal?.code === 'scope_changed' || refusal?.code === 'other_manifest'
  return (
    <form
      method="post"
      onSubmit={submit}
      className="no-print grid gap-4 rounded-2xl border border-line bg-paper px-5 py-5 sm:px-7"
    >
      <FormErrors refusal={refusal} />
      {refusal && changed ? <ChangedWhileReading refusal={refusal} onRead={readAgain} /> : null}
      <RadioGroup
        name="decision"
        legend="Your decision"
        value={decision}
        onChange={(value) => setDecision(value as Decision)}
        options={DECISIONS.map((value) => ({
          value,
          label: LABELS[value],
          hint: obstacles[value].map(({ text: why }) => why).join('; ') || HINTS[value],
          disabled: obstacles[value].length > 0,
        }))}
      />
      {asksReason ? (
        <TextArea
          name="reason"
          label={decision === 'conditional_go' ? 'Conditions' : 'Reason'}
          hint={
            draft.restored
              ? 'Your words from before, brought back. Part of what you sign, kept in the record.'
              : 'Part of what you sign, kept in the record.'
          }
          value={reason}
          maxLength={4000}
          onChange={(event) => draft.set(event.target.value)}
          error={refusal?.fields?.reason}
        />
      ) : null}
      <p className="m-0">
        <b className="font-strong">{meaningOf({ role, decision })}</b> {name}, {role}
      </p>
      <p className="m-0 break-all font-mono text-xs text-faint">
        sha256 {hash.slice(0, 4)}…{hash.slice(-4)} ·{' '}
        <b className="inline-block text-soft">{digestWords(hash)}</b>
      </p>
      <div className="flex flex-wrap items-end gap-3">
        <TextField
          name="password"
          type="password"
          label="Your password"
          autoComplete="current-password"
          required
          value={password}
          onChange={(event) => setPassword(event.target.value)}
          error={refusal?.fields?.password}
        />
        <Button
          type="submit"
          disabled={!hydrated}
          variant={decision === 'no_go' ? 'danger' : 'primary'}
          size="lg"
          pending={pending}
        >
          {decision === 'recuse' ? `Recuse as ${role}` : `Sign ${LABELS[decision].toLowerCase()} as ${role}`}
        </Button>
      </div>
    </form>
  )
}
