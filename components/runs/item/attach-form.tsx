'use client'
import { type ChangeEvent, type FormEvent, useState } from 'react'
import { announce } from '#components/ui/announce.ts'
import { Button } from '#components/ui/button.tsx'
import { Field } from '#components/ui/field.tsx'
import { describedBy } from '#components/ui/field-ids.ts'
import { Progress } from '#components/ui/progress.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { useCommand } from '#components/use-command.ts'
import { attachEvidenceAction } from '#lib/runs/actions.ts'
import { holdItem } from '#lib/runs/queries.ts'
import { LIMITS } from '#lib/shared/limits.ts'
import { sizeWords } from '#lib/shared/size-words.ts'
import { useDesk } from '../board/desk.ts'
import { type Upload, useUpload } from './use-upload.ts'

const ID = 'f-attach-file'
const HINT = `Choose one or drop it here; at most ${sizeWords(LIMITS.attachmentBytes)} each`

function Sending({ upload, onCancel }: { upload: Upload; onCancel: () => void }) {
  const { name, bytes, sent } = upload
  return (
    <div className="grid gap-2">
      <p className="m-0 text-sm break-words text-soft">
        {name}, {sizeWords(sent)} of {sizeWords(bytes)}
      </p>
      <Progress label={`Sending ${name}`} value={sent} max={Math.max(bytes, 1)} />
      <div>
        <Button size="sm" onClick={onCancel}>
          Cancel
        </Button>
      </div>
    </div>
  )
}

/** The browser's own file field: known to every keyboard, phone and screen reader, and a target for dropped files. */
function FileField({ error, onFiles }: { error: string | undefined; onFiles: (files: File[]) => void }) {
  function chosen({ currentTarget }: ChangeEvent<HTMLInputElement>) {
    const files = [...(currentTarget.files ?? [])]
    // The same file may be chosen again after it was refused.
    currentTarget.value = ''
    if (files.length > 0) onFiles(files)
  }
  return (
    <Field id={ID} label="File" hint={HINT} error={error}>
      <input
        id={ID}
        type="file"
        multiple
        onChange={chosen}
        aria-invalid={error ? true : undefined}
        aria-describedby={describedBy({ id: ID, hint: HINT, error })}
        className="w-full min-w-0 rounded-lg border border-dashed border-edge bg-paper p-4 file:mr-3 file:rounded-md file:border file:border-line file:bg-bg file:px-2.5 file:py-1 file:font-medium file:text-ink"
      />
    </Field>
  )
}

/** Puts a file or a link behind an item, with a few words on what it shows. */
export function AttachForm({ itemKey }: { itemKey: string }) {
  const desk = useDesk()
  const { upload, error, send, cancel } = useUpload(itemKey)
  const link = useCommand(attachEvidenceAction, 'A link')
  const [note, setNote] = useState('')
  const [url, setUrl] = useState('')

  async function attachFiles(files: File[]) {
    if (await send(files, note)) setNote('')
  }

  async function attachLink(event: FormEvent) {
    event.preventDefault()
    const input = { ...desk.address, key: itemKey, kind: 'link' as const, url, note }
    const answer = await link.send(input)
    if (!answer?.ok) return
    holdItem(desk, answer.value.value.item)
    announce('Link attached')
    setUrl('')
    setNote('')
  }

  const { fields, message } = link.refusal ?? {}
  return (
    <form onSubmit={attachLink} noValidate className="grid gap-3">
      <TextField
        name="attach-note"
        label="What it shows"
        optional
        value={note}
        error={fields?.note}
        onChange={(event) => setNote(event.target.value)}
        autoComplete="off"
      />
      {upload ? (
        <Sending upload={upload} onCancel={cancel} />
      ) : (
        <FileField error={error} onFiles={(files) => void attachFiles(files)} />
      )}
      <div className="flex flex-wrap items-start gap-2">
        <TextField
          name="attach-url"
          label="or a link"
          type="url"
          inputMode="url"
          placeholder="https://"
          className="min-w-0 flex-1 basis-52"
          value={url}
          error={fields?.url ?? message}
          onChange={(event) => setUrl(event.target.value)}
          autoComplete="off"
        />
        <Button type="submit" pending={link.pending} disabled={url.trim() === ''} className="sm:mt-6">
          Attach the link
        </Button>
      </div>
    </form>
  )
}
