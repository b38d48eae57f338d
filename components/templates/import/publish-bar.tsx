'use client'
import type { FormEvent } from 'react'
import { Button } from '#components/ui/button.tsx'
import { FormErrors } from '#components/ui/form-errors.tsx'
import { TextField } from '#components/ui/text-field.tsx'
import type { Refusal } from '#lib/shared/result.ts'
import { counted } from '#lib/shared/words.ts'
import type { ImportReview } from '#lib/templates/review-import.ts'
import type { Import } from './use-import.ts'

/** Name or note, and the button, at the foot of the window wherever one reads. Says why it cannot be pressed. */
export function PublishBar({
  form,
  review,
  template,
  refusal,
  pending,
  onPublish,
}: {
  form: Import
  review: ImportReview
  template: { number: number } | null
  refusal: Refusal | null
  pending: boolean
  onPublish: () => Promise<void>
}) {
  const { value, change, state } = form
  const open = review.identity?.asked.filter(({ at }) => value.answers[at] === undefined).length ?? 0
  const why =
    review.problems.length > 0
      ? `${counted({ count: review.problems.length, one: 'problem' })} to mend in the text`
      : open > 0
        ? `${counted({ count: open, one: 'item' })}: say whether ${open === 1 ? 'it goes' : 'they go'} on`
        : null

  function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault()
    if (why === null) void onPublish()
  }

  return (
    <form
      onSubmit={submit}
      noValidate
      aria-label="Publish"
      className="sticky bottom-0 z-10 -mx-3.5 grid gap-2 border-t border-t-line bg-bg px-3.5 py-2.5 sm:-mx-7 sm:px-7"
    >
      <FormErrors refusal={refusal} labels={{ name: 'Name', source: 'Markdown', note: 'What changed' }} />
      <div className="flex flex-wrap items-end gap-x-3 gap-y-2">
        {template ? (
          <TextField
            name="note"
            label="What changed"
            optional
            value={value.note}
            error={refusal?.fields?.note}
            onChange={(event) => change({ note: event.target.value })}
            className="min-w-0 flex-1 basis-52"
          />
        ) : (
          <TextField
            name="name"
            label="Name"
            value={value.name}
            error={refusal?.fields?.name}
            onChange={(event) => change({ name: event.target.value })}
            autoComplete="off"
            className="min-w-0 flex-1 basis-52"
          />
        )}
        <Button size="lg" pending={state.pending} onClick={form.toText}>
          Back to the text
        </Button>
        <Button
          type="submit"
          variant="primary"
          size="lg"
          pending={pending || state.pending}
          disabled={why !== null}
          aria-describedby={why ? 'why-not-publish' : undefined}
        >
          {template ? `Publish version ${template.number + 1}` : 'Publish'}
        </Button>
      </div>
      {why ? (
        <p id="why-not-publish" className="m-0 text-sm text-warn">
          {why}
        </p>
      ) : null}
    </form>
  )
}
