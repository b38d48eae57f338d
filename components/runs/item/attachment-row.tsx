'use client'
import { type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { Digest } from '#components/ui/digest.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { Time } from '#components/ui/time.tsx'
import { useCommand } from '#components/use-command.ts'
import { withdrawEvidenceAction } from '#lib/runs/actions.ts'
import type { AttachmentView } from '#lib/runs/attachment-view.ts'
import { holdItem } from '#lib/runs/queries.ts'
import { sizeWords } from '#lib/shared/size-words.ts'
import { useDesk } from '../board/desk.ts'
import { AttachmentLink } from './attachment-link.tsx'

function Withdraw({
  itemKey,
  attachment,
  onClose,
}: {
  itemKey: string
  attachment: AttachmentView
  onClose: () => void
}) {
  const desk = useDesk()
  const { send, pending, refusal } = useCommand(withdrawEvidenceAction, 'Taking an attachment away')
  const [reason, setReason] = useState('')

  async function submit(event: FormEvent) {
    event.preventDefault()
    const answer = await send({ ...desk.address, key: itemKey, attachmentId: attachment.id, reason })
    if (answer?.ok) holdItem(desk, answer.value.value)
  }

  return (
    <form onSubmit={submit} noValidate className="mt-2 grid gap-2">
      <TextField
        name={`withdraw-${attachment.id}`}
        label="Why it is taken away"
        hint="It no longer counts, and stays in the history with this reason."
        value={reason}
        error={refusal?.fields?.reason ?? refusal?.message}
        onChange={(event) => setReason(event.target.value)}
        autoComplete="off"
        autoFocus
      />
      <div className="flex gap-2">
        <Button type="submit" variant="danger" size="sm" pending={pending}>
          Take it away
        </Button>
        <Button size="sm" onClick={onClose}>
          Keep it
        </Button>
      </div>
    </form>
  )
}

type Props = { itemKey: string; attachment: AttachmentView; mayChange: boolean }

/** One attachment with all that is known of it: what the bytes are, by whom, when, and whether it still counts. */
export function AttachmentRow({ itemKey, attachment, mayChange }: Props) {
  const desk = useDesk()
  const [asking, setAsking] = useState(false)
  const { note, file, by, at, gone } = attachment
  return (
    <li className="border-b border-hair pb-3 last:border-0">
      <div className="flex flex-wrap items-start justify-between gap-x-3 gap-y-1">
        <div className={`min-w-0 flex-1 basis-52 ${gone ? 'line-through opacity-70' : ''}`}>
          <AttachmentLink attachment={attachment} runId={desk.runId} />
        </div>
        {mayChange && !gone && !asking ? (
          <Button size="sm" onClick={() => setAsking(true)} aria-label={`Take away: ${attachment.label}`}>
            Take away
          </Button>
        ) : null}
      </div>
      {note ? <p className="m-0 mt-0.5 text-sm whitespace-pre-wrap">“{note}”</p> : null}
      <p className="m-0 mt-0.5 text-xs text-soft">
        {file ? `${sizeWords(file.bytes)}, ${file.mediaType}, ` : ''}
        {by.name} <Time at={new Date(at)} show="minute" />
      </p>
      {file ? (
        <p className="m-0 text-xs text-faint">
          SHA-256 <Digest value={file.sha256} copy />
        </p>
      ) : null}
      {gone ? (
        <p className="m-0 text-xs text-soft">
          {gone.reason === null ? 'replaced' : 'taken away'} by {gone.by.name}{' '}
          <Time at={new Date(gone.at)} show="minute" />
          {gone.reason === null ? '' : `: “${gone.reason}”`}
        </p>
      ) : null}
      {asking && !gone ? (
        <Withdraw itemKey={itemKey} attachment={attachment} onClose={() => setAsking(false)} />
      ) : null}
    </li>
  )
}
