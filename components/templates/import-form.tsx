'use client'
import { useRouter } from 'next/navigation'
import { type ChangeEvent, type FormEvent, useState } from 'react'
import { useDraft } from '#components/drafts/use-draft.ts'
import { Button } from '#components/ui/button.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { Notice } from '#components/ui/notice.tsx'
import { TextArea } from '#components/ui/text-area.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import { toast } from '#components/ui/toast-store.ts'
import { useCommand } from '#components/use-command.ts'
import { paths } from '#lib/shared/paths.ts'
import { publishTemplateAction } from '#lib/templates/actions.ts'
import { FilePicker } from './file-picker.tsx'
import { ProblemList } from './problem-list.tsx'
import { readMarkdownFile } from './read-file.ts'
import { ReviewSummary } from './review-summary.tsx'
import { useReview } from './use-review.ts'

type Typed = { name: string; source: string; note: string }

const titleOf = (source: string): string => /^#\s+(.+?)\s*#*$/m.exec(source)?.[1]?.slice(0, 120) ?? ''

/** Paste or choose a file, look at what was understood, publish. */
export function ImportForm({
  team,
  template,
  start,
  draftKey,
}: {
  team: string
  /** The template that gets a new version; null makes a new one. */
  template: { slug: string; name: string; number: number } | null
  start: { name: string; source: string }
  draftKey: string
}) {
  const router = useRouter()
  const draft = useDraft<Typed>(draftKey, { ...start, note: '' })
  const { value, set } = draft
  const { state, review } = useReview()
  const { send, pending, refusal, clear } = useCommand(publishTemplateAction, 'A template')
  const [fileProblem, setFileProblem] = useState<string | null>(null)
  const reviewed = (state.kind === 'ready' || state.kind === 'problems') && state.source === value.source
  const change = (more: Partial<Typed>) => set({ ...value, ...more })

  async function choose(event: ChangeEvent<HTMLInputElement>) {
    const file = event.target.files?.[0]
    if (!file) return
    const read = await readMarkdownFile(file)
    setFileProblem(read.ok ? null : read.refusal.message)
    if (!read.ok) return
    change({ source: read.value, name: value.name || titleOf(read.value) })
    await review(read.value)
  }

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    clear()
    if (!reviewed) {
      if (value.name === '' && !template) change({ name: titleOf(value.source) })
      await review(value.source)
      return
    }
    const answer = await send({
      team,
      template: template?.slug ?? null,
      ...value,
      name: template ? null : value.name,
    })
    if (!answer?.ok) return
    const { slug, number, created } = answer.value.value
    draft.clear()
    toast({
      title: created ? `Version ${number} is published` : `Nothing has changed since version ${number}`,
      tone: created ? 'go' : 'info',
    })
    router.push(paths.templateVersion({ team, template: slug, number }))
  }

  return (
    <form onSubmit={submit} noValidate aria-label="Import a checklist" className="grid gap-4.5 pb-10">
      <FormErrors refusal={refusal} labels={{ name: 'Name', source: 'Markdown', note: 'What changed' }} />
      {draft.restored ? (
        <Notice live action={<Button onClick={draft.clear}>Start anew</Button>}>
          What you typed here before is back.
        </Notice>
      ) : null}
      <FilePicker label="Choose a Markdown file" error={fileProblem} onChange={choose} />
      <TextArea
        name="source"
        label="Markdown"
        hint="Or paste it here. Boxes are items: - [ ] All tests pass"
        mono
        rows={14}
        value={value.source}
        error={refusal?.fields?.source}
        onChange={(event) => change({ source: event.target.value })}
        spellCheck={false}
        className="[&_textarea]:max-h-[60vh]"
      />
      {template ? (
        <TextField
          name="note"
          label="What changed"
          optional
          hint={`Shown beside version ${template.number + 1}`}
          value={value.note}
          error={refusal?.fields?.note}
          onChange={(event) => change({ note: event.target.value })}
        />
      ) : (
        <TextField
          name="name"
          label="Name"
          hint="Its address is made of it and stays."
          value={value.name}
          error={refusal?.fields?.name}
          onChange={(event) => change({ name: event.target.value })}
          autoComplete="off"
        />
      )}
      <div aria-live="polite" className="grid gap-4.5">
        {state.kind === 'failed' ? <Notice tone="error">{state.message}</Notice> : null}
        {state.kind === 'problems' && reviewed ? (
          <Notice tone="error" title={state.message}>
            <ProblemList problems={state.problems} />
          </Notice>
        ) : null}
        {state.kind === 'ready' && reviewed ? <ReviewSummary review={state.review} /> : null}
      </div>
      <div className="flex flex-wrap gap-2">
        {state.kind === 'ready' && reviewed ? (
          <Button type="submit" variant="primary" size="lg" pending={pending}>
            {template ? `Publish version ${template.number + 1}` : 'Publish'}
          </Button>
        ) : (
          <Button
            type="submit"
            variant="primary"
            size="lg"
            pending={state.kind === 'pending'}
            disabled={value.source.trim() === ''}
          >
            Review the import
          </Button>
        )}
      </div>
    </form>
  )
}
