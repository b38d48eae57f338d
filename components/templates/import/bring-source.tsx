'use client'
import { type ChangeEvent, type DragEvent, type FormEvent, useState } from 'react'
import { Button } from '#components/ui/button.tsx'
import { cx } from '#components/ui/cx.ts'
import { LinkButton } from '#components/ui/link-button.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { LIMITS } from '#lib/shared/limits.ts'
import { paths } from '#lib/shared/paths.ts'
import type { Refusal } from '#lib/shared/result.ts'
import { FilePicker } from '../file-picker.tsx'
import { NOT_UTF8, readMarkdownFile } from '../read-file.ts'
import { AddressField } from './address-field.tsx'
import { type Import, titleOf } from './use-import.ts'

/** Where a checklist comes from: pasted, a file, an address, or one that is shipped. */
export function BringSource({
  team,
  form,
  gallery,
}: {
  team: string
  form: Import
  gallery: readonly { slug: string; name: string }[]
}) {
  const { value, change, toReview } = form
  const [problem, setProblem] = useState<{ refusal: Refusal; file: File } | null>(null)
  const [isOver, setIsOver] = useState(false)

  function bring(source: string, name: string) {
    change({
      source,
      name: value.name || name || titleOf(source),
      step: 'review',
      edits: [],
      declined: [],
      answers: {},
    })
  }
  async function take(file: File | undefined, options?: { latin1: boolean }) {
    if (!file) return
    const read = await readMarkdownFile(file, options)
    setProblem(read.ok ? null : { refusal: read.refusal, file })
    if (read.ok) bring(read.value, titleOf(read.value))
  }
  function dropped(event: DragEvent<HTMLFormElement>) {
    if (event.dataTransfer.files.length === 0) return
    event.preventDefault()
    setIsOver(false)
    void take(event.dataTransfer.files[0])
  }
  function over(event: DragEvent<HTMLFormElement>) {
    if (!event.dataTransfer.types.includes('Files')) return
    event.preventDefault()
    setIsOver(true)
  }
  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (value.source !== '') toReview()
  }

  return (
    <form
      onSubmit={submit}
      onDragOver={over}
      onDragLeave={() => setIsOver(false)}
      onDrop={dropped}
      noValidate
      aria-label="Import a checklist"
      className={cx(
        'grid max-w-[53.75rem] grid-cols-1 gap-4.5 rounded-2xl',
        isOver && 'outline-2 outline-offset-8 outline-accent outline-dashed',
      )}
    >
      <TextArea
        name="source"
        label="Markdown"
        hint="Paste it here. Lines with a box are items: - [ ] All tests pass"
        mono
        rows={14}
        value={value.source}
        onChange={(event) => change({ source: event.target.value, edits: [], declined: [], answers: {} })}
        spellCheck={false}
        className="[&_textarea]:min-h-80"
      />
      {form.draft.state === 'too_large' ? (
        <p role="status" className="m-0 text-sm text-warn">
          This is too long to be kept as a draft: until it is published it stands in this window alone.
        </p>
      ) : null}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" variant="primary" size="lg" disabled={value.source === ''}>
          Review the import
        </Button>
      </div>
      <div className="grid grid-cols-1 gap-4.5 border-t border-t-line pt-4.5 sm:grid-cols-2">
        <div className="grid grid-cols-1 content-start gap-2">
          <FilePicker
            label="Or choose a Markdown file, or drop one here"
            error={problem?.refusal.message ?? null}
            onChange={(event: ChangeEvent<HTMLInputElement>) => {
              void take(event.target.files?.[0])
              event.target.value = ''
            }}
          />
          {problem?.refusal.code === NOT_UTF8 ? (
            <div>
              <Button onClick={() => take(problem.file, { latin1: true })}>Read it as Latin-1 instead</Button>
            </div>
          ) : null}
        </div>
        <AddressField team={team} onFetched={({ source, name }) => bring(source, titleOf(source) || name)} />
      </div>
      {gallery.length > 0 ? (
        <div className="grid gap-2">
          <p className="m-0 text-sm font-strong">Or start from a checklist that is ready</p>
          <div className="flex flex-wrap gap-2">
            {gallery.map(({ slug, name }) => (
              <LinkButton key={slug} href={paths.templateImport(team, { start: slug })}>
                {name}
              </LinkButton>
            ))}
          </div>
        </div>
      ) : null}
      <p className="m-0 text-sm text-faint">
        At most {LIMITS.templateItems.toLocaleString('en')} items and{' '}
        {LIMITS.templateBytes.toLocaleString('en')} bytes.
      </p>
    </form>
  )
}
